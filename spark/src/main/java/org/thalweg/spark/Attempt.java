package org.thalweg.spark;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.BarrierTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.train.StoppedException;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.WorkersException;
import scala.Tuple2;

/**
 * One worker in one attempt at the stage. What would fail again is told to the driver as an answer, so that Spark does not repeat the
 * stage for it; where a worker was lost, the task fails, and Spark repeats the stage.
 *
 * <p>All tasks go through the same two rounds of talk: when they are ready, and when they have ended.
 */
record Attempt(Job job, BarrierTaskContext context) {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    /** What a worker has at hand before it meets the others. */
    private record Prepared(TrainingConfig config, Function<Workers, Dataset> data) {}

    Ending run(Iterator<Tuple2<Long, byte[]>> rows) {
        if (rank() != 0) {
            return run(rows, Optional.empty());
        }
        try (Home home = Home.of(job)) {
            return run(rows, Optional.of(home));
        }
    }

    private Ending run(Iterator<Tuple2<Long, byte[]>> rows, Optional<Home> home) {
        Ending ending = Ending.of(rank(), Ending.State.DONE, "");
        Optional<Prepared> work = Optional.empty();
        try {
            work = Optional.of(prepare(rows));
        } catch (RuntimeException e) {
            ending = refusal(e);
        }
        Rendezvous all = Rendezvous.of(context, work.isPresent(), home.flatMap(Home::begun));
        return work.isPresent() && all.ready() ? train(work.get(), all, home) : ending;
    }

    private int rank() {
        return context.partitionId();
    }

    private Prepared prepare(Iterator<Tuple2<Long, byte[]>> rows) {
        startEngine();
        return new Prepared(job.recipe().config(), job.source().load(rank(), rows));
    }

    /** With as many threads as Spark counts processors for the task, unless the environment or another task has set it up. */
    private void startEngine() {
        if (System.getenv().containsKey(EngineSetup.VARIABLE)) {
            Engine.start();
            return;
        }
        try {
            Engine.start(new EngineSetup(context.cpus()));
        } catch (IllegalStateException e) {
            Engine.start(); // it runs in this process already
        }
    }

    private Ending train(Prepared work, Rendezvous all, Optional<Home> home) {
        Progress progress = new Progress(context, home, all.begun());
        if (home.isPresent() && all.sharesProcesses() && Draws.in(work.config().model())) {
            progress.remark(
                    "several tasks run in one process and draw dropout from the same random numbers, so a repeated run will"
                            + " differ: give each task an executor of its own");
        }
        return settled(delivered(ended(work, all, home, progress), home, progress));
    }

    private Ending ended(Prepared work, Rendezvous all, Optional<Home> home, Progress progress) {
        String secret = "%s %d".formatted(job.secret(), context.stageAttemptNumber());
        try (Workers workers = Workers.open(all.world(rank(), secret, job.timeout()))) {
            Dataset data = work.data().apply(workers);
            if (all.begun().isPresent()) {
                Training.resume(all.begun().get(), work.config(), data, progress, workers);
            } else {
                Path runs = home.map(Home::runs).orElse(Path.of(job.runs())); // the first alone makes it
                Training.run(work.config(), data, runs, progress, workers);
            }
            return Ending.of(rank(), Ending.State.DONE, "");
        } catch (WorkersException e) {
            LOG.warn("this worker cannot go on: {}", e.getMessage());
            return ending(Ending.State.LOST, e);
        } catch (StoppedException e) {
            context.killTaskIfInterrupted();
            return ending(Ending.State.LOST, e);
        } catch (RuntimeException e) {
            return refusal(e);
        }
    }

    private Ending refusal(RuntimeException e) {
        LOG.error("the training failed", e);
        return ending(Ending.State.REFUSED, e);
    }

    /** libtorch's messages go on with the stack. */
    private Ending ending(Ending.State state, RuntimeException e) {
        String sentence = Optional.ofNullable(e.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElse(e.toString());
        return Ending.of(rank(), state, sentence);
    }

    /** With the run, where it has begun and this attempt is the last one. */
    private Ending delivered(Ending ending, Optional<Home> home, Progress progress) {
        if (ending.state() == Ending.State.LOST
                || home.isEmpty()
                || progress.run().isEmpty()) {
            return ending;
        }
        try {
            return home.get().deliver(ending, progress.run().get());
        } catch (UncheckedIOException e) {
            return refusal(e);
        }
    }

    /** Hears how all have fared, and fails the task if the stage should be repeated. */
    private Ending settled(Ending ending) {
        List<String> states = Arrays.asList(context.allGather(ending.state().name()));
        if (states.contains(Ending.State.LOST.name()) && !states.contains(Ending.State.REFUSED.name())) {
            throw new SparkTrainingException(
                    ending.state() == Ending.State.LOST ? ending.sentence() : "another worker was lost at the end");
        }
        return ending;
    }
}
