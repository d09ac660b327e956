package org.thalweg.lab.lecture;

import java.util.Arrays;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.problem.Problem;

/** How far a rule that never comes to rest stays from the minimum. */
final class StationaryVariance {
    private StationaryVariance() {}

    /** Mean squared distances from the minimum along each variable; times are steps times the rate. */
    static double[] of(Problem problem, RatedRule rule, double[] minimum, double before, double time, long seed) {
        double rate = rule.rate().orElseThrow().at(1);
        int first = (int) Math.ceil(before / rate);
        int steps = first + (int) Math.ceil(time / rate);
        double[] squares = new double[minimum.length];
        new Descent(problem, Arrays.stream(minimum).boxed().toList())
                .steps(steps)
                .seed(seed)
                .follow(rule, (step, w) -> {
                    if (step > first) {
                        for (int i = 0; i < w.length; i++) {
                            squares[i] += (w[i] - minimum[i]) * (w[i] - minimum[i]) / (steps - first);
                        }
                    }
                });
        return squares;
    }
}
