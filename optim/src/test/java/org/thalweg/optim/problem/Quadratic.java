package org.thalweg.optim.problem;

/** A bowl around zero with curvatures from 0.3 to 1; what is left is the distance. */
public final class Quadratic implements Problem {
    private static final int SIZE = 24;

    @Override
    public float[] start() {
        float[] start = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            start[i] = (float) Math.sin(1 + i);
        }
        return start;
    }

    @Override
    public long[] shape() {
        return new long[] {4, 6};
    }

    @Override
    public void gradient(float[] at, int step, float[] gradient) {
        for (int i = 0; i < SIZE; i++) {
            gradient[i] = (0.3f + 0.7f * i / SIZE) * at[i];
        }
    }

    @Override
    public double left(float[] at) {
        return norm(at) / norm(start());
    }

    private static double norm(float[] x) {
        double sum = 0;
        for (float xi : x) {
            sum += (double) xi * xi;
        }
        return Math.sqrt(sum);
    }
}
