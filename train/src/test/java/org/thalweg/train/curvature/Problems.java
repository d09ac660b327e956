package org.thalweg.train.curvature;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.engine.Engine;

/** Small losses over libtorch's tensors, with what is known of them. */
final class Problems {
    private Problems() {}

    /** A loss and its weights. */
    record Problem(Objective objective, List<Tensor> weights) {}

    /** A leaf of single precision with the numbers given. */
    static Tensor leaf(double[] numbers, long... shape) {
        Engine.start();
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return torch.tensor(values).reshape(shape).requires_grad_(true);
    }

    /** A constant of single precision. */
    static Tensor constant(double[][] rows) {
        Engine.start();
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
        }
        return torch.tensor(values).reshape(rows.length, rows[0].length);
    }

    /** A positive definite matrix with eigenvalues from about 1 to 10, in single precision. */
    static double[][] definite(int size, long seed) {
        Random random = new Random(seed);
        double[][] root = normal(size, size, random);
        double[][] matrix = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                for (int k = 0; k < size; k++) {
                    matrix[i][j] += root[i][k] * root[j][k] / size;
                }
                matrix[i][j] = (float) (matrix[i][j] + (i == j ? 1 : 0));
            }
        }
        return matrix;
    }

    static double[][] normal(int rows, int columns, Random random) {
        double[][] numbers = new double[rows][columns];
        for (double[] row : numbers) {
            for (int j = 0; j < columns; j++) {
                row[j] = (float) random.nextGaussian();
            }
        }
        return numbers;
    }

    /** {@code w'Aw / 2 - b'w}, with ten weights as a matrix of 2 x 3 and a vector of 4. */
    static Problem quadratic(double[][] a, double[] b, double[] start) {
        Tensor matrix = constant(a);
        Tensor linear = constant(new double[][] {b});
        Tensor first = leaf(Arrays.copyOf(start, 6), 2, 3);
        Tensor second = leaf(Arrays.copyOfRange(start, 6, 10), 4);
        Objective objective = () -> {
            Tensor w = torch.cat(new TensorVector(first.reshape(-1), second));
            return w.dot(torch.mv(matrix, w)).mul(new Scalar(0.5)).sub(w.dot(linear.reshape(-1)));
        };
        return new Problem(objective, List.of(first, second));
    }

    /** The mean of {@code log(1 + exp(-x'w))} over rows {@code x}, which bear their labels' signs, with a penalty of 0.05 w'w. */
    static Problem logistic(double[][] signed) {
        Tensor rows = constant(signed);
        Tensor w = leaf(new double[signed[0].length], signed[0].length);
        Objective objective = () ->
                torch.softplus(torch.mv(rows, w).neg()).mean().add(w.dot(w).mul(new Scalar(0.05)));
        return new Problem(objective, List.of(w));
    }

    /** Two classes that overlap, and a bias. */
    static double[][] overlapping() {
        double[][] rows = normal(200, 8, new Random(4));
        for (int i = 0; i < rows.length; i++) {
            double sign = i % 2 == 0 ? 1 : -1;
            rows[i][0] += sign;
            rows[i][7] = 1;
            for (int j = 0; j < 8; j++) {
                rows[i][j] *= sign;
            }
        }
        return rows;
    }

    /** {@code (x^2 - y^2) / 2 + y^4 / 4}: a saddle at (0, 0) between minima at (0, -1) and (0, 1). */
    static Problem saddle(double x, double y) {
        Tensor w = leaf(new double[] {x, y}, 2);
        Objective objective = () -> {
            Tensor squares = w.mul(w);
            Tensor across = squares.select(0, 1);
            return squares.select(0, 0)
                    .sub(across)
                    .mul(new Scalar(0.5))
                    .add(across.mul(across).mul(new Scalar(0.25)));
        };
        return new Problem(objective, List.of(w));
    }
}
