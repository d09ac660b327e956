package org.thalweg.lab.sharpness;

import java.util.List;
import org.thalweg.train.curvature.LossSurface;
import org.thalweg.train.data.SplitMix64;

/**
 * Looks for the highest loss in a neighbourhood: goes to where the loss would be highest if it were linear, as far as that leads
 * up, and again from there. Near a minimum, where the loss is convex, each iteration leads up and ends on the border. It sets out
 * twice, from the middle and from a place drawn at random, since at a minimum there is no way up from the middle. What it finds
 * is a bound from below, as with any method.
 *
 * <p>Source: Frank and Wolfe's method with the sign turned, 1956; for convex functions it is the generalised power method of
 * Journée, Nesterov, Richtárik and Sepulchre, Journal of Machine Learning Research 11, 2010.
 *
 * @param iterations from each start, at least 1
 * @param seed of the second start
 */
public record Climb(int iterations, long seed) {
    private static final int HALVINGS = 6;

    public Climb {
        if (iterations < 1) {
            throw new IllegalArgumentException("a climb takes at least 1 iteration, not " + iterations);
        }
    }

    /**
     * The highest loss that was found.
     *
     * @param loss there
     * @param gradients that it took
     */
    public record Summit(double loss, int gradients) {}

    /** Climbs around a place. */
    public Summit of(LossSurface surface, double[] middle, Neighbourhood around) {
        double highest = Double.NEGATIVE_INFINITY;
        int gradients = 0;
        for (double[] start : List.of(new double[middle.length], around.random(SplitMix64.stream(seed, 2)))) {
            Summit summit = from(start, surface, middle, around);
            highest = Math.max(highest, summit.loss());
            gradients += summit.gradients();
        }
        return new Summit(highest, gradients);
    }

    private Summit from(double[] start, LossSurface surface, double[] middle, Neighbourhood around) {
        double[] at = start;
        LossSurface.Slope slope = surface.slope(plus(middle, 1, at));
        int gradients = 1;
        for (int iteration = 0; iteration < iterations; iteration++) {
            double[] target = around.furthest(slope.gradient());
            double[] way = plus(target, -1, at);
            boolean up = false;
            double share = 1;
            for (int halving = 0; halving < HALVINGS && !up; halving++, share /= 2) {
                double[] next = plus(at, share, way);
                LossSurface.Slope there = surface.slope(plus(middle, 1, next));
                gradients++;
                if (there.loss() > slope.loss() && Double.isFinite(there.loss())) {
                    up = true;
                    at = next;
                    slope = there;
                }
            }
            if (!up) {
                break;
            }
        }
        return new Summit(slope.loss(), gradients);
    }

    static double[] plus(double[] a, double factor, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + factor * b[i];
        }
        return sum;
    }
}
