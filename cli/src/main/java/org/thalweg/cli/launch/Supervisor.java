package org.thalweg.cli.launch;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Starts workers, looks after them, and starts them again after a fault as often as was allowed. */
public final class Supervisor {
    private final Job job;
    private final Task task;
    private final Echoes echoes;
    private volatile List<Worker> running = List.of();

    /** What the workers do. */
    public interface Task {
        /** The run's directory, where the task is to go on with one. */
        Optional<Path> run();

        /**
         * The words of the command that each worker is, its program first.
         *
         * @param begun the directory of the run that was begun, to go on with
         */
        List<String> command(Optional<Path> begun);

        /** How the user goes on with the run by hand. */
        String advice(Path run);
    }

    /**
     * Does nothing yet.
     *
     * @param out where rank 0's answer goes
     * @param err where rank 0's progress goes, and what is to be said about the workers
     */
    public Supervisor(Job job, Task task, PrintStream out, PrintStream err) {
        this.job = job;
        this.task = task;
        this.echoes = new Echoes(out, err);
    }

    /**
     * Runs the workers to their end.
     *
     * @param stopAsked whether the user wants the training to save and stop
     * @return 0, 130 if the training was stopped and saved, 2 if the workers found their command line wrong, else 1
     * @throws IllegalArgumentException if this machine does not have the address
     * @throws LaunchException if a port is in use, or processes or logs cannot be made
     * @throws InterruptedException if the thread was interrupted; all workers have ended then
     */
    public int run(BooleanSupplier stopAsked) throws InterruptedException {
        try (RunFile runFile = RunFile.create(task.run());
                Logs logs = new Logs(job.workers())) {
            for (int restarts = 0; ; restarts++) {
                Verdict verdict = attempt(runFile, logs, restarts, stopAsked);
                boolean again =
                        verdict instanceof Verdict.Failed && restarts < job.restarts() && !stopAsked.getAsBoolean();
                switch (verdict) {
                    case Verdict.Completed _ -> {
                        return 0;
                    }
                    case Verdict.Stopped _ -> {
                        return Ending.STOPPED;
                    }
                    case Verdict.Refused(var first) -> {
                        return refused(first);
                    }
                    case Verdict.Failed(var first) -> failed(first, logs);
                }
                if (!again) {
                    runFile.run().ifPresent(run -> echoes.err().say(task.advice(run)));
                    return 1;
                }
                sayRestart(restarts + 1, runFile.run());
            }
        }
    }

    private Verdict attempt(RunFile runFile, Logs logs, int restarts, BooleanSupplier stopAsked)
            throws InterruptedException {
        Rendezvous rendezvous = Rendezvous.at(job.address(), job.port());
        List<String> command = task.command(runFile.run());
        List<Worker> workers = new ArrayList<>();
        try {
            for (int rank = 0; rank < job.workers(); rank++) {
                WorkerLog log = logs.of(rank);
                log.heading("%s, attempt %d, rank %d of %d, port %d"
                        .formatted(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                restarts + 1,
                                rank,
                                job.workers(),
                                rendezvous.port()));
                workers.add(Worker.start(
                        rank,
                        command,
                        Variables.of(job, rendezvous, rank, runFile.path(), System.getenv()),
                        log,
                        rank == 0 ? Optional.of(echoes) : Optional.empty()));
                running = List.copyOf(workers);
            }
            return new Attempt(workers, job.patience())
                    .await(
                            stopAsked,
                            () -> logs.openIn(job.logs().or(() -> runFile.run().map(run -> run.resolve("logs")))));
        } finally {
            endAtOnce();
        }
    }

    /** Ends what runs at once, from any thread. */
    public void endAtOnce() {
        running.forEach(Worker::kill);
    }

    /** Rank 0 has told why, in its own words. */
    private static int refused(Ending first) {
        return first.code() == 2 ? 2 : 1;
    }

    private void failed(Ending first, Logs logs) {
        StringBuilder sentence = new StringBuilder(
                "rank %d of %d failed first: it %s".formatted(first.rank(), job.workers(), first.what()));
        if (first.rank() != 0 && first.hasLastWords()) {
            sentence.append("; its last words: ").append(String.join(" | ", first.lastWords()));
        }
        logs.of(first.rank())
                .file()
                .ifPresent(file -> sentence.append("; its log: ").append(file));
        echoes.err().say(sentence.toString());
    }

    private void sayRestart(int restart, Optional<Path> run) {
        echoes.err()
                .say("restart %d of %d: %s"
                        .formatted(
                                restart,
                                job.restarts(),
                                run.map(it -> "going on with " + it + " from its last checkpoint")
                                        .orElse("from the beginning")));
    }
}
