package org.thalweg.optim;

import java.util.List;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

/** A rule, a schedule, the parameters they update, and the state in between. */
public final class Optimizer implements AutoCloseable {
    private Optimizer() {}

    /** One rule and one schedule for all parameters. */
    public static Optimizer of(Rule rule, Schedule rate, List<Parameter> parameters) {
        throw new UnsupportedOperationException("being built");
    }

    /** Reads each parameter's gradient and updates its value in place. */
    public void step() {}

    /** Completed steps. */
    public long steps() {
        return 0;
    }

    /** The learning rate that the next step will use. */
    public double rate() {
        return 0;
    }

    @Override
    public void close() {}
}
