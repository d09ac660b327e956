package org.thalweg.lab.sharpness;

import org.thalweg.train.curvature.LossSurface;

/**
 * How much higher the loss is nearby.
 *
 * @param loss in the middle
 * @param highest that was found around
 * @param value the measure
 */
public record Sharpness(double loss, double highest, double value) {
    /**
     * Keskar's measure: by how many per cent of one plus the loss it rises in a box that reaches {@code epsilon (|w| + 1)} to both
     * sides of each weight w.
     *
     * <p>Source: Keskar, Mudigere, Nocedal, Smelyanskiy and Tang, On Large-Batch Training for Deep Learning: Generalization Gap and
     * Sharp Minima, ICLR 2017, metric 2.1 over the whole space; epsilon is 1e-3 and 5e-4 there, and the highest loss is looked for
     * by 10 iterations of L-BFGS-B, where this takes as many of {@link Climb}.
     */
    public static Sharpness keskar(LossSurface surface, double[] weights, double epsilon, Climb climb) {
        requirePositive("epsilon", epsilon);
        double[] radii = new double[weights.length];
        for (int i = 0; i < radii.length; i++) {
            radii[i] = epsilon * (Math.abs(weights[i]) + 1);
        }
        double loss = surface.loss(weights);
        double highest =
                climb.of(surface, weights, new Neighbourhood.Box(radii)).loss();
        return new Sharpness(loss, highest, 100 * (highest - loss) / (1 + loss));
    }

    /**
     * By how much the loss rises in a ball of radius rho: what sharpness-aware minimisation makes small beside the loss.
     *
     * <p>Source: Foret, Kleiner, Mobahi and Neyshabur, Sharpness-Aware Minimization for Efficiently Improving Generalization, ICLR
     * 2021, the bracket in equation 1.
     */
    public static Sharpness ball(LossSurface surface, double[] weights, double rho, Climb climb) {
        requirePositive("rho", rho);
        double loss = surface.loss(weights);
        double highest = climb.of(surface, weights, new Neighbourhood.Ball(weights.length, rho))
                .loss();
        return new Sharpness(loss, highest, highest - loss);
    }

    /** The same at the one place that sharpness-aware minimisation looks at: along the gradient. */
    public static Sharpness sam(LossSurface surface, double[] weights, double rho) {
        requirePositive("rho", rho);
        LossSurface.Slope slope = surface.slope(weights);
        double[] way = new Neighbourhood.Ball(weights.length, rho).furthest(slope.gradient());
        double there = surface.loss(Climb.plus(weights, 1, way));
        return new Sharpness(slope.loss(), there, there - slope.loss());
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s must be above 0, not %s".formatted(name, value));
        }
    }
}
