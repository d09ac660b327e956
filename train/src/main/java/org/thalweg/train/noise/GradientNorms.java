package org.thalweg.train.noise;

/**
 * What the gradients of a batch and of the pieces it is made of tell about their noise. A piece is what goes through the network
 * at once, or a worker's share.
 *
 * <p>With {@code g_i} the mean gradient over {@code b_i} of the batch's {@code B} examples and {@code g} that over all of them,
 * the expected {@code |g_i|^2} is {@code |G|^2 + tr(Sigma) / b_i}, and the same for {@code g} with {@code B}: two equations for
 * the two unknowns, {@code G} the true gradient and {@code Sigma} the covariance of one example's (McCandlish, Kaplan and Amodei,
 * An Empirical Model of Large-Batch Training, arXiv:1812.06162, appendix A.1). Where the pieces are of one size {@code b} these
 * are their estimates with {@code B_small = b} and {@code B_big = B}; pieces of different sizes count by their sizes, which keeps
 * both unbiased.
 *
 * @param pieces how many, at least 2
 * @param small the mean of the pieces' {@code |g_i|^2}, weighted by {@code b_i / B}
 * @param examples in the batch, {@code B}, at least as many as pieces
 * @param big {@code |g|^2}
 */
public record GradientNorms(int pieces, double small, long examples, double big) {
    public GradientNorms {
        if (pieces < 2) {
            throw new IllegalArgumentException("gradient noise shows between 2 or more pieces, not " + pieces);
        }
        if (examples < pieces) {
            throw new IllegalArgumentException("%d examples make no %d pieces".formatted(examples, pieces));
        }
    }

    /** An unbiased estimate of {@code tr(Sigma)}, never negative but for rounding. */
    public double trace() {
        return examples * (small - big) / (pieces - 1);
    }

    /** An unbiased estimate of {@code |G|^2}; below 0 at times, where noise hides the gradient. */
    public double signal() {
        return big - trace() / examples;
    }
}
