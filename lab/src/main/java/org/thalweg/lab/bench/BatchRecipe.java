package org.thalweg.lab.bench;

import java.util.Optional;
import org.thalweg.optim.rule.Lamb;
import org.thalweg.optim.rule.Lars;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Scaling;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Extras;

/**
 * How one column of the table trains with a batch size for which it was not tuned. All fall from their rate to zero by a cosine.
 */
public enum BatchRecipe {
    /** Momentum at one rate for all batch sizes. */
    PLAIN("plain", new Momentum(), 0.2, Optional.empty()),
    /** Goyal et al., 2017. */
    LINEAR("linear + warm-up", new Momentum(), 0.2, Optional.of(Scaling.LINEAR)),
    /**
     * You et al., 2017. The trust coefficient is 20 times the paper's, which makes rates as large as momentum's: biases are
     * exempt, and go at the rate itself.
     */
    LARS("LARS", new Lars(0.9, 5e-4, 0.02, 0), 1, Optional.of(Scaling.SQRT)),
    /** You et al., 2020, section 4. */
    LAMB("LAMB", new Lamb(), 0.02, Optional.of(Scaling.SQRT));

    /** Of a run that warms up at all: its share that does. */
    private static final int WARM_UP = 5;

    private final String title;
    private final Rule rule;
    private final double rate;
    private final Optional<Scaling> scaling;

    BatchRecipe(String title, Rule rule, double rate, Optional<Scaling> scaling) {
        this.title = title;
        this.rule = rule;
        this.rate = rate;
        this.scaling = scaling;
    }

    /** The column's heading. */
    public String title() {
        return title;
    }

    /** The update rule. */
    public Rule rule() {
        return rule;
    }

    /** The middle of the rates that are tried at the batch size that it is tuned for. */
    public double middleRate() {
        return rate;
    }

    /** The rate by step, for another batch size than it was tuned for. */
    Schedule schedule(double rate, int tuned, int batch, long steps) {
        double scaled = rate * scaling.map(it -> it.factor(tuned, batch)).orElse(1.0);
        long warmUp = scaling.isPresent() ? steps / WARM_UP : 0;
        return Schedule.cosine(scaled, steps - warmUp).warmUp(warmUp);
    }

    /** Biases and normalisation are exempt where the rule goes by layers. */
    Extras extras() {
        return Extras.NONE.withExempt(this == LARS || this == LAMB);
    }

    /** In a few words for under the table. */
    public String words() {
        return "%s: %s%s"
                .formatted(
                        title,
                        Rules.format(rule),
                        scaling.map(it -> ", rate scaled by the %s, warm-up over a fifth of the run"
                                        .formatted(it == Scaling.LINEAR ? "batch" : "root of the batch"))
                                .orElse(", one rate for all batch sizes, no warm-up"));
    }
}
