package org.thalweg.optim.schedule;

/**
 * A tenth from half of the run on, and a hundredth from three quarters on: {@code at(s) = rate} for {@code s < steps / 2},
 * {@code rate / 10} for {@code s < 3 * steps / 4}, then {@code rate / 100}. Where the run cannot be halved or quartered the
 * value falls at the next step, so that no part is shorter than its share.
 *
 * <p>The step schedule of the NTU lecture, common for residual networks on CIFAR: He et al., Deep Residual Learning, CVPR
 * 2016, section 4.2, divides by 10 at steps 32,000 and 48,000 of 64,000. PyTorch: {@code MultiStepLR([T / 2, 3 * T / 4])}.
 *
 * @param rate the value of the first half; finite, at least 0
 * @param steps the length of the run, at least 1
 */
@About(
        summary = "a tenth at half of the run, again at three quarters",
        source = "He et al., CVPR 2016, section 4.2",
        lectures = "NTU")
public record Tenths(double rate, long steps) implements Schedule {
    private static final double TEN = 10;

    /** @throws IllegalArgumentException if an argument is out of range */
    public Tenths {
        Arguments.requireNotNegative("rate", rate);
        Arguments.requireAtLeast("steps", 1, steps);
    }

    @Override
    public double at(long step) {
        long left = steps - Arguments.step(step); // 3 * steps could overflow
        if (left > steps / 2) {
            return rate;
        }
        return left > steps / 4 ? rate / TEN : rate / (TEN * TEN);
    }

    @Override
    public String toString() {
        return Form.print(this);
    }
}
