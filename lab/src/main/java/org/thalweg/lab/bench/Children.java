package org.thalweg.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Measuring processes. */
final class Children {
    private Children() {}

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
            processes.forEach(Process::destroy);
        }
    }
}
