package org.thalweg.lab.descent;

import org.thalweg.lab.problem.Quadratic;

/**
 * Coordinate descent: to the exact minimum along one variable after the other. On a quadratic that is the method of Gauss and Seidel,
 * {@code w_i <- w_i - (H w)_i / H_ii}. A sweep over all variables costs as much as one gradient.
 *
 * <p>Nocedal and Wright, Numerical Optimization, 2nd edition, section 9.3; the NTU lecture's way with a diagonal Hessian.
 */
public final class CoordinateDescent {
    private CoordinateDescent() {}

    /**
     * The values at the start and after each sweep, in double precision.
     *
     * @param start as many numbers as the bowl has dimensions
     * @param sweeps 0 or more
     */
    public static double[] losses(Quadratic bowl, double[] start, int sweeps) {
        double[][] hessian = bowl.hessian();
        double[] w = start.clone();
        double[] losses = new double[sweeps + 1];
        losses[0] = bowl.value(w);
        for (int sweep = 1; sweep <= sweeps; sweep++) {
            for (int i = 0; i < w.length; i++) {
                w[i] -= slope(hessian[i], w) / hessian[i][i];
            }
            losses[sweep] = bowl.value(w);
        }
        return losses;
    }

    private static double slope(double[] row, double[] w) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
            sum += row[i] * w[i];
        }
        return sum;
    }
}
