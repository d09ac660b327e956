package org.thalweg.spark;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.BarrierTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.model.Plan;

/** Follows a worker's training: the first writes a line for each epoch in its log, and all stop when Spark ends the task. */
final class Progress implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final BarrierTaskContext context;
    private final Optional<Home> home;
    private Optional<Path> run;

    /**
     * Follows one.
     *
     * @param home where the first worker writes; the others have none
     * @param run the run that goes on, if it has begun
     */
    Progress(BarrierTaskContext context, Optional<Home> home, Optional<Path> run) {
        this.context = context;
        this.home = home;
        this.run = run;
    }

    /** The run's directory, once it has begun. */
    Optional<Path> run() {
        return run;
    }

    @Override
    public void started(Path path, Plan plan, long steps) {
        run = Optional.of(path);
        home.ifPresent(it -> {
            it.begin(path);
            LOG.info("training {} parameters for {} steps in {}", plan.parameters(), steps, path);
        });
    }

    @Override
    public void resumed(long steps) {
        home.ifPresent(_ -> LOG.info("going on after {} steps that were saved", steps));
    }

    @Override
    public void epochEnded(EpochMetrics metrics) {
        home.ifPresent(_ ->
                LOG.info("epoch {}: train loss {}, test {}", metrics.epoch(), metrics.trainLoss(), metrics.test()));
    }

    @Override
    public void remark(String sentence) {
        home.ifPresent(_ -> LOG.warn(sentence));
    }

    @Override
    public boolean stopAsked() {
        return context.isInterrupted();
    }
}
