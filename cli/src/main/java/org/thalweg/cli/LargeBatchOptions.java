package org.thalweg.cli;

import java.util.Optional;
import org.thalweg.optim.rule.BatchScaling;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Scaling;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Extras;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import picocli.CommandLine.Option;

/** The options of {@code thalweg train} about what another batch size asks for. */
final class LargeBatchOptions {
    /** Goyal et al., arXiv:1706.02677: rates are told for batches of 256, and rise over 5 epochs. */
    private static final int REFERENCE = 256;

    private static final int WARM_UP_EPOCHS = 5;
    /** A short run must not spend itself on its warm-up. */
    private static final int LONGEST_WARM_UP = 5;

    /** The usual warm-up is this share of the run. */
    private static final double USUAL_WARM_UP = 0.05;

    @Option(
            names = "--large-batch",
            description =
                    "What large batches need: --scale-from-batch 256, --exempt-bias-and-norm, and a warm-up over 5 epochs or"
                            + " a fifth of the run, whichever is shorter; each can be given otherwise.")
    private boolean large;

    @Option(
            names = "--scale-from-batch",
            paramLabel = "N",
            description = "The batch size that the rate was found for, to scale it to the one in use.")
    private Optional<Integer> from = Optional.empty();

    @Option(
            names = "--scaling",
            paramLabel = "RULE",
            description =
                    "With --scale-from-batch: the rate grows as the batch (linear, the default) or its root (sqrt).")
    private Optional<Scaling> scaling = Optional.empty();

    @Option(
            names = "--scale-momentum",
            description =
                    "With --scale-from-batch: the rule's averages remember as many examples as at that batch size.")
    private boolean momentum;

    @Option(
            names = "--warm-up",
            paramLabel = "EPOCHS",
            description = "How long the default schedule rises (default: a twentieth of the run).")
    private Optional<Integer> warmUp = Optional.empty();

    /** The rule for this batch size; a batch counts as a whole, in however many parts it goes through the network. */
    Rule rule(Rule found, int batch) {
        return reference()
                .filter(_ -> momentum)
                .map(reference -> BatchScaling.averages(found, reference, Math.max(1, batch)))
                .orElse(found);
    }

    /** The rate for this batch size. */
    Schedule rate(Schedule found, int batch) {
        Scaling wanted = scaling.orElse(Scaling.LINEAR);
        return reference()
                .map(reference -> wanted.scaled(found, reference, Math.max(1, batch)))
                .orElse(found);
    }

    private Optional<Integer> reference() {
        if ((scaling.isPresent() || momentum) && from.isEmpty() && !large) {
            throw new IllegalArgumentException(
                    "--scaling and --scale-momentum need --scale-from-batch N: the batch size that the rate was found for.");
        }
        return large && from.isEmpty() ? Optional.of(REFERENCE) : from;
    }

    /**
     * Steps that the default schedule rises for.
     *
     * @param schedule the one that was asked for instead, which says by itself how it rises
     */
    long warmUp(TrainingConfig config, Dataset data, Optional<String> schedule) {
        if (warmUp.isPresent() && schedule.isPresent()) {
            throw new IllegalArgumentException(
                    "give --schedule or --warm-up, not both: a schedule says by itself how it rises, as"
                            + " cosine(0.1, 900).warmUp(100) does.");
        }
        long steps = config.steps(data);
        if (warmUp.isPresent()) {
            return steps(config, data, checked(warmUp.get(), config.epochs()));
        }
        return large
                ? Math.min(steps / LONGEST_WARM_UP, steps(config, data, Math.min(WARM_UP_EPOCHS, config.epochs())))
                : Math.round(steps * USUAL_WARM_UP);
    }

    private static int checked(int wanted, int epochs) {
        if (wanted < 0 || wanted >= epochs) {
            throw new IllegalArgumentException(
                    "--warm-up is shorter than the run: from 0 to %d epochs, not %d".formatted(epochs - 1, wanted));
        }
        return wanted;
    }

    /** Steps in the first epochs. */
    private static long steps(TrainingConfig config, Dataset data, int epochs) {
        return epochs == 0 ? 0 : config.lasting(epochs).steps(data);
    }

    /** What is around the step. */
    Extras extras(Extras chosen) {
        return large ? chosen.withExempt(true) : chosen;
    }
}
