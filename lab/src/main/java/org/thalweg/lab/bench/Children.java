package org.thalweg.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.worker.World;

/** Measuring processes. */
final class Children {
    private Children() {}

    /**
     * A process that measures by itself.
     *
     * @param main whose main method measures
     * @param what the words for it, behind those about the training
     */
    static ProcessBuilder process(Class<?> main, TimedTraining training, List<String> what, EngineSetup setup) {
        List<String> command = ThisJava.running(main);
        command.addAll(training.arguments());
        command.addAll(what);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(World.ALONE.environment().keySet());
        builder.environment().put(EngineSetup.VARIABLE, setup.toString());
        return builder;
    }

    /** So many workers of one thread each, which meet on this machine. */
    static List<ProcessBuilder> crew(int workers, Class<?> main, TimedTraining training, List<String> what) {
        int port = freePort();
        String job = UUID.randomUUID().toString();
        return IntStream.range(0, workers)
                .mapToObj(rank -> {
                    ProcessBuilder builder = process(main, training, what, new EngineSetup(1));
                    builder.environment()
                            .putAll(new World(
                                            rank,
                                            workers,
                                            rank,
                                            World.ALONE.address(),
                                            port,
                                            job,
                                            World.DEFAULT_TIMEOUT)
                                    .environment());
                    return builder;
                })
                .toList();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs processes beside each other.
     *
     * @return the numbers in the last line that the first one prints
     * @throws IllegalStateException if one of them fails; the others are ended then
     */
    static double[] numbers(List<ProcessBuilder> builders) {
        List<Process> processes = new ArrayList<>();
        try {
            for (ProcessBuilder builder : builders) {
                boolean answers = processes.isEmpty();
                processes.add(builder.redirectError(ProcessBuilder.Redirect.DISCARD)
                        .redirectOutput(answers ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.DISCARD)
                        .start());
            }
            String answer =
                    new String(processes.getFirst().getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            for (Process process : processes) {
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new IllegalStateException("a measuring process ended with exit code %d".formatted(exit));
                }
            }
            return Stream.of(answer.substring(answer.lastIndexOf('\n') + 1).split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("measuring was interrupted", e);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }
}
