package org.thalweg.cli;

import java.nio.file.Path;
import java.util.function.Function;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.model.Plan;

/** Training as the command line does it: with progress, remarks, and Ctrl-C for a stop that can be resumed. */
record Attended(TrainingListener progress, StopSignals signals) implements TrainingListener {
    static TrainingResult run(
            Console console, TrainingListener progress, Function<TrainingListener, TrainingResult> training) {
        try (StopSignals signals = StopSignals.listen(console.err())) {
            return training.apply(new Attended(progress, signals));
        }
    }

    @Override
    public void started(Path run, Plan plan, long steps) {
        progress.started(run, plan, steps);
    }

    @Override
    public void resumed(long steps) {
        progress.resumed(steps);
    }

    @Override
    public void stepped(StepMetrics metrics) {
        progress.stepped(metrics);
    }

    @Override
    public void epochEnded(EpochMetrics metrics) {
        progress.epochEnded(metrics);
    }

    @Override
    public void remark(String sentence) {
        progress.remark(sentence);
    }

    @Override
    public boolean stopAsked() {
        return signals.asked();
    }
}
