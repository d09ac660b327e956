package org.thalweg.lab.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.train.curvature.SymmetricOperator;
import org.thalweg.train.data.SplitMix64;

/**
 * The largest eigenvalues of a symmetric matrix that is known by its products with vectors, by Lanczos' method with full
 * reorthogonalisation; when the basis is full it starts again with the best approximations so far, so that memory is bounded.
 *
 * <p>Source: Wu and Simon, Thick-Restart Lanczos Method for Large Symmetric Eigenvalue Problems, SIAM Journal on Matrix Analysis
 * and Applications 22(2), 2000.
 *
 * @param count how many eigenvalues, at least 1; of a smaller matrix all
 * @param tolerance residual over eigenvalue at which each is good enough, above 0
 * @param mostProducts with vectors, at least 1; then the answer is what there is; each residual takes another one
 * @param seed of the first vector
 */
public record Lanczos(int count, double tolerance, int mostProducts, long seed) {
    /** Vectors beside those that are asked for: more take memory and fewer take products. */
    private static final int SPARE = 24;

    /** A product in float32 knows no less than this of the largest eigenvalue. */
    private static final double ROUNDING = 1e-6;

    public Lanczos {
        if (count < 1) {
            throw new IllegalArgumentException("at least 1 eigenvalue is computed, not " + count);
        }
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new IllegalArgumentException("a residual is between 0 and 1 of the eigenvalue, not " + tolerance);
        }
        if (mostProducts < 1) {
            throw new IllegalArgumentException("eigenvalues take at least 1 product, not " + mostProducts);
        }
    }

    /** To a residual of a thousandth, with at most 2,000 products. */
    public Lanczos(int count) {
        this(count, 1e-3, 2_000, 1);
    }

    /** The largest eigenvalues; one that a large matrix has several times may be found fewer times. */
    public Eigenpairs of(SymmetricOperator matrix) {
        return new Iteration(matrix).run();
    }

    /** One way to the answer: a basis, and the matrix as it is seen in the basis. */
    private final class Iteration {
        private final SymmetricOperator matrix;
        private final int wanted;
        private final int room;
        private final Basis basis;
        private final double[][] seen;
        private final SplitMix64 random = SplitMix64.stream(seed, 1);
        private int products;
        /** Of the last vector's image what is outside of the basis: its length, and its direction. */
        private double rest;

        private float[] outside;

        Iteration(SymmetricOperator matrix) {
            this.matrix = matrix;
            this.wanted = Math.min(count, matrix.size());
            this.room = Math.min(matrix.size(), 2 * wanted + SPARE);
            this.basis = new Basis(room + 1, matrix.size());
            this.seen = new double[room][room];
            this.outside = basis.random(matrix.size(), random);
        }

        Eigenpairs run() {
            while (true) {
                extend();
                Dense.Eigen eigen = Dense.eigen(SpectralDensity.corner(seen, basis.count()));
                boolean done = goodEnough(eigen);
                if (done || products >= mostProducts || basis.count() == matrix.size()) {
                    return answer(eigen);
                }
                if (basis.count() == room) {
                    restart(eigen);
                }
            }
        }

        /** Adds a vector to the basis, or as many as are needed before an answer is possible. */
        private void extend() {
            do {
                int at = basis.count();
                basis.add(outside);
                double[] image = matrix.times(Basis.widened(outside));
                products++;
                double[] along = basis.orthogonalise(image);
                for (int i = 0; i <= at; i++) {
                    seen[at][i] = along[i];
                    seen[i][at] = along[i];
                }
                rest = Basis.norm(image);
                double scale = Math.abs(along[at]) + rest;
                boolean invariant = rest <= ROUNDING * ROUNDING * scale || rest == 0;
                rest = invariant ? 0 : rest;
                outside = basis.count() == matrix.size()
                        ? new float[0]
                        : invariant ? basis.random(matrix.size(), random) : Basis.unit(image, rest);
            } while (basis.count() < wanted && products < mostProducts);
        }

        /** How far from an eigenvector the approximation is: what of its image is outside of the basis. */
        private double residual(Dense.Eigen eigen, int i) {
            return rest * Math.abs(eigen.vectors()[i][basis.count() - 1]);
        }

        private static double rounding(Dense.Eigen eigen) {
            double[] values = eigen.values();
            return ROUNDING * Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        }

        private boolean goodEnough(Dense.Eigen eigen) {
            int size = basis.count();
            if (room == matrix.size() && size < room) {
                return false; // all eigenvalues are within reach, also those that are there several times
            }
            double least = rounding(eigen);
            for (int i = size - 1; i >= size - wanted; i--) {
                if (i < 0 || residual(eigen, i) > Math.max(least, tolerance * Math.abs(eigen.values()[i]))) {
                    return false;
                }
            }
            return true;
        }

        /**
         * Goes on with the best approximations, and the direction that leads out of the basis. How that one's image lies along
         * them comes out when it is made orthogonal to them.
         */
        private void restart(Dense.Eigen eigen) {
            int kept = Math.min(wanted + SPARE / 2, room - 1);
            List<float[]> best = new ArrayList<>();
            for (int i = 0; i < kept; i++) {
                best.add(basis.combine(eigen.vectors()[room - 1 - i]));
            }
            basis.clear();
            best.forEach(basis::add);
            for (int i = 0; i < room; i++) {
                Arrays.fill(seen[i], 0);
                seen[i][i] = i < kept ? eigen.values()[room - 1 - i] : 0;
            }
        }

        private Eigenpairs answer(Dense.Eigen eigen) {
            List<Eigenpairs.Pair> pairs = new ArrayList<>();
            int size = basis.count();
            double least = rounding(eigen);
            boolean converged = size >= wanted;
            for (int i = size - 1; i >= Math.max(0, size - wanted); i--) {
                float[] vector = basis.combine(eigen.vectors()[i]);
                Eigenvalue value = checked(eigen.values()[i], vector);
                converged &= value.residual() <= Math.max(least, tolerance * Math.abs(value.value()));
                pairs.add(new Eigenpairs.Pair(value, vector));
            }
            return new Eigenpairs(pairs, products, converged);
        }

        /** The residual as it is, rounding of the products included, for another product. */
        private Eigenvalue checked(double value, float[] vector) {
            double[] image = matrix.times(Basis.widened(vector));
            products++;
            for (int j = 0; j < image.length; j++) {
                image[j] -= value * vector[j];
            }
            return new Eigenvalue(value, Basis.norm(image));
        }
    }
}
