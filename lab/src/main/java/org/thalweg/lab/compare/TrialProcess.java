package org.thalweg.lab.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.run.Document;

/** The process that makes trials for another one, from lines of JSON to lines of JSON. */
public final class TrialProcess {
    private TrialProcess() {}

    /** Reads what it has to know, then assignments, until its standard input ends. */
    public static void main(String[] args) throws InterruptedException {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries print is no answer
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("assignments").start(() -> read(lines));
        Document setUp = Document.parse("the set-up", lines.take());
        int threads = (int) setUp.whole("threads", 1, Integer.MAX_VALUE);
        int jobs = (int) setUp.whole("jobs", 1, Integer.MAX_VALUE);
        Workloads source = Workloads.read(setUp.object("workloads"));
        TrialRunner runner = new TrialRunner(Pace.read(setUp.object("pace")), new Trial.Place(threads, jobs));
        Engine.start();
        Map<String, Workload> loaded = new HashMap<>();
        while (true) {
            Assignment what = Assignment.read(Document.parse("an assignment", lines.take()));
            Workload workload = loaded.computeIfAbsent(what.workload(), source::named);
            Trial trial = runner.run(workload, Contender.of(what.rule()), what, () -> false);
            answers.println(Document.of(trial.json()));
        }
    }

    /** Ends the process with its standard input, also in the middle of a trial. */
    private static void read(BlockingQueue<String> lines) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // As at its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
