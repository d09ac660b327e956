package org.thalweg.cli;

import java.util.Optional;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.average.Averaging;
import org.thalweg.optim.average.Lookahead;
import org.thalweg.optim.sharpness.Sharpness;
import org.thalweg.train.Accumulation;
import org.thalweg.train.Extras;
import org.thalweg.train.OnNonFinite;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import picocli.CommandLine.Option;

/** The options of {@code thalweg train} about what is around the rule's step. */
final class ExtraOptions {
    @Option(
            names = "--average",
            paramLabel = "AVERAGE",
            description = "Evaluate and save an average of the weights: ema, ema:0.99, swa, swa:START,EVERY or polyak.")
    private Optional<String> average = Optional.empty();

    @Option(
            names = "--lookahead",
            paramLabel = "EVERY,SHARE",
            description = "Slow weights that every so many steps go that share of the way, such as 5,0.5.")
    private Optional<String> lookahead = Optional.empty();

    @Option(
            names = "--sam",
            paramLabel = "RHO",
            description = "Take the gradient where the loss is highest within this distance, such as 0.05;"
                    + " asam:0.5 for adaptive SAM.")
    private Optional<String> sharpness = Optional.empty();

    @Option(
            names = "--accumulate",
            paramLabel = "PARTS",
            defaultValue = "1",
            description = "Send each batch through the network in that many parts, which takes less memory"
                    + " (default: ${DEFAULT-VALUE}).")
    private int parts;

    @Option(
            names = "--micro-batch",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Send no more than so many examples through the network at once: a larger batch goes in as many equal"
                            + " parts as it takes (default: any number).")
    private int largestPart;

    @Option(
            names = "--exempt-bias-and-norm",
            description = "Leave biases and normalisation out of weight decay and trust ratio.")
    private boolean exempt;

    @Option(
            names = "--on-non-finite",
            paramLabel = "POLICY",
            defaultValue = "stop",
            description =
                    "What to do where a loss or gradient is not finite: stop, skip the step, or restore the latest"
                            + " checkpoint and halve the rate (default: ${DEFAULT-VALUE}).")
    private String onNonFinite = "";

    @Option(
            names = "--state",
            defaultValue = "float32",
            description = "How the rule's state is stored: float32, bfloat16 or bfloat16-stochastic"
                    + " (default: ${DEFAULT-VALUE}).")
    private String state = "";

    /** What was asked for, on a run as configured. */
    Extras chosen(TrainingConfig config, Dataset data) {
        long steps = average.isEmpty() ? 1 : config.steps(data);
        return new Extras(
                average.map(text -> Averaging.parse(text, steps, steps / config.epochs())),
                lookahead.map(Lookahead::parse),
                sharpness.map(Sharpness::parse),
                new Accumulation(parts, largestPart),
                exempt,
                OnNonFinite.parse(onNonFinite),
                StateFormat.parse(state));
    }
}
