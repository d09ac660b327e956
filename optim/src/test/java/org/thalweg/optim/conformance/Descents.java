package org.thalweg.optim.conformance;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.optim.problem.LogisticRegression;
import org.thalweg.optim.problem.Problem;
import org.thalweg.optim.problem.Quadratic;
import org.thalweg.optim.problem.Rosenbrock;

/** How a rule gets to the minimum of each problem: the rate to start with, and the steps. */
record Descents(List<Descent> all) {
    /** For {@link #leaving}: what is minimised is the loss and the penalty together. */
    static final String DECAY = "decay moves the minimum";

    static Descents quadratic(double rate, int steps) {
        return new Descents(List.of()).and(new Quadratic(), rate, steps, 0.01);
    }

    Descents rosenbrock(double rate, int steps) {
        return and(new Rosenbrock(), rate, steps, 0.05);
    }

    Descents logistic(double rate, int steps) {
        return and(new LogisticRegression(), rate, steps, 0.01);
    }

    private Descents and(Problem problem, double rate, int steps, double left) {
        List<Descent> more = new ArrayList<>(all);
        more.add(new Descent(problem, rate, steps, left, ""));
        return new Descents(more);
    }

    /** How much of the way may be left in the problem named last, with the reason. */
    Descents leaving(double left, String reason) {
        List<Descent> changed = new ArrayList<>(all);
        changed.set(all.size() - 1, all.getLast().leaving(left, reason));
        return new Descents(changed);
    }
}
