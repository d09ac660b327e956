package org.thalweg.lab.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.train.curvature.SymmetricOperator;
import org.thalweg.train.data.SplitMix64;

/**
 * How a matrix's eigenvalues are spread, without computing them: places on the axis with the share of all eigenvalues that is
 * there. The places at the ends are eigenvalues nearly; those in a crowd stand for their neighbours.
 *
 * <p>Source: stochastic Lanczos quadrature: Golub and Welsch, 1969; Ubaru, Chen and Saad, SIAM Journal on Matrix Analysis and
 * Applications 38(4), 2017; Ghorbani, Krishnan and Xiao, An Investigation into Neural Net Optimization via Hessian Eigenvalue
 * Density, ICML 2019.
 *
 * @param nodes ascending by place within each random vector; their shares sum to 1
 * @param probes random vectors that it was averaged over
 */
public record SpectralDensity(List<Node> nodes, int probes) {
    /**
     * Some of the eigenvalues.
     *
     * @param at where they are, about
     * @param share of all eigenvalues, 0 to 1
     */
    public record Node(double at, double share) {}

    public SpectralDensity {
        nodes = List.copyOf(nodes);
    }

    /**
     * Estimates it.
     *
     * @param probes random vectors, at least 1
     * @param steps of Lanczos' method for each, at least 1: each takes a product, and gives a node
     */
    public static SpectralDensity of(SymmetricOperator matrix, int probes, int steps, long seed) {
        if (probes < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "a spectral density takes at least 1 random vector and 1 step, not %d and %d"
                            .formatted(probes, steps));
        }
        List<Node> nodes = new ArrayList<>();
        for (int probe = 0; probe < probes; probe++) {
            double[] signs = Trace.signs(matrix.size(), SplitMix64.stream(seed, probe));
            Dense.Eigen eigen = Dense.eigen(tridiagonal(matrix, signs, Math.min(steps, matrix.size())));
            for (int i = 0; i < eigen.values().length; i++) {
                double first = eigen.vectors()[i][0];
                nodes.add(new Node(eigen.values()[i], first * first / probes));
            }
        }
        return new SpectralDensity(nodes, probes);
    }

    /** The matrix as Lanczos' method sees it from a vector; smaller where the vector has parts of few eigenvectors alone. */
    private static double[][] tridiagonal(SymmetricOperator matrix, double[] start, int steps) {
        Basis basis = new Basis(steps, matrix.size());
        double[][] seen = new double[steps][steps];
        double[] next = start;
        double scale = 0;
        for (int step = 0; step < steps; step++) {
            double norm = Basis.norm(next);
            if (step > 0) {
                if (norm <= 1e-7 * scale) {
                    return corner(seen, step);
                }
                seen[step][step - 1] = norm;
                seen[step - 1][step] = norm;
            }
            float[] unit = Basis.unit(next, norm);
            basis.add(unit);
            next = matrix.times(Basis.widened(unit));
            scale = Math.max(scale, Basis.norm(next));
            seen[step][step] = basis.orthogonalise(next)[step];
        }
        return seen;
    }

    static double[][] corner(double[][] rows, int size) {
        double[][] corner = new double[size][];
        for (int i = 0; i < size; i++) {
            corner[i] = Arrays.copyOf(rows[i], size);
        }
        return corner;
    }

    /** The mean eigenvalue: the trace over the number of weights. */
    public double mean() {
        return nodes.stream().mapToDouble(node -> node.at() * node.share()).sum();
    }

    /** The share of the eigenvalues that lie between two places, about; the first included. */
    public double share(double from, double to) {
        return nodes.stream()
                .filter(node -> node.at() >= from && node.at() < to)
                .mapToDouble(Node::share)
                .sum();
    }

    /**
     * The density at a place, each node widened to a normal distribution.
     *
     * @param width its standard deviation, above 0
     */
    public double at(double place, double width) {
        double sum = 0;
        for (Node node : nodes) {
            double away = (place - node.at()) / width;
            sum += node.share() * Math.exp(-away * away / 2);
        }
        return sum / (width * Math.sqrt(2 * Math.PI));
    }
}
