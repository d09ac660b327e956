package org.thalweg.optim.conformance;

import java.util.List;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.problem.Problem;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

/**
 * A problem, and how a rule gets to its minimum.
 *
 * @param rate at the start; it falls to zero along a cosine
 * @param steps in which the rule gets there
 * @param left how much of the way may be left then
 * @param reason why that is not as for other rules, or nothing
 */
record Descent(Problem problem, double rate, int steps, double left, String reason) {
    /** How much of the way is left after the steps. */
    double leftBy(Rule rule) {
        float[] p = problem.start();
        float[] g = new float[p.length];
        List<Parameter> parameters = List.of(Parameter.of("p", p, g, problem.shape()));
        try (Optimizer optimizer = Optimizer.of(rule, Schedule.cosine(rate, steps), parameters)) {
            for (int step = 0; step < steps; step++) {
                problem.gradient(p, step, g);
                optimizer.step();
            }
        }
        return problem.left(p);
    }

    Descent leaving(double left, String reason) {
        return new Descent(problem, rate, steps, left, reason);
    }

    @Override
    public String toString() {
        return problem.getClass().getSimpleName();
    }
}
