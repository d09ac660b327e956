package org.thalweg.lab.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.lab.bench.ThisJava;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.run.Document;

/**
 * A process that makes trials, one at a time: an assignment is a line of JSON to it, and the trial is one back. It ends when its standard
 * input does, so none is left behind however this process ends.
 */
final class Helper implements AutoCloseable {
    private final Process process;
    private final Writer to;
    private final BufferedReader from;
    private final Path log;

    private Helper(Process process, Path log) {
        this.process = process;
        this.to = process.outputWriter();
        this.from = process.inputReader();
        this.log = log;
    }

    /**
     * Starts one.
     *
     * @param setUp what it has to know before any assignment
     * @param threads that it computes with
     * @param log what it complains of
     */
    static Helper start(Document setUp, int threads, Path log) throws IOException {
        List<String> command = ThisJava.running(TrialProcess.class);
        command.add(1, "-XX:ActiveProcessorCount=" + threads);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().put(EngineSetup.VARIABLE, new EngineSetup(threads).toString());
        Helper helper = new Helper(builder.start(), log);
        helper.send(setUp);
        return helper;
    }

    /**
     * Has a trial made.
     *
     * @throws IllegalStateException if the process has ended; the message says where it says why
     */
    Trial run(Assignment what) {
        try {
            send(Document.of(what.json()));
            String answer = from.readLine();
            if (answer != null) {
                return Trial.read(Document.parse("a helping process's answer", answer));
            }
        } catch (IOException e) {
            // It has ended, as where it answers nothing.
        }
        throw new IllegalStateException("a process that makes trials has ended; %s says why".formatted(log));
    }

    private void send(Document line) throws IOException {
        to.write(line + "\n");
        to.flush();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        try {
            to.close();
        } catch (IOException e) {
            // What it was not told any more does not matter.
        }
    }
}
