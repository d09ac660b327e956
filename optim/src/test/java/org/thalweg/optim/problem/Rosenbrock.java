package org.thalweg.optim.problem;

/**
 * {@code (1 - x)^2 + 100 (y - x^2)^2}: a bent valley, 2,500 times as steep across as along where it ends, from (-1.2, 1) to
 * (1, 1); what is left is the distance.
 *
 * <p>Source: Rosenbrock, The Computer Journal 3(3), 1960.
 */
public final class Rosenbrock implements Problem {
    @Override
    public float[] start() {
        return new float[] {-1.2f, 1};
    }

    @Override
    public long[] shape() {
        return new long[] {2};
    }

    @Override
    public void gradient(float[] at, int step, float[] gradient) {
        double x = at[0];
        double above = at[1] - x * x;
        gradient[0] = (float) (-2 * (1 - x) - 400 * x * above);
        gradient[1] = (float) (200 * above);
    }

    @Override
    public double left(float[] at) {
        return Math.hypot(at[0] - 1, at[1] - 1) / 2.2;
    }
}
