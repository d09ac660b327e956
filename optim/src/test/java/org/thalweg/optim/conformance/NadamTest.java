package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.TorchTrajectories.Case;

/**
 * PyTorch 1.13 has one factor too many in Nadam's product of momenta. With that factor our loop is PyTorch's, so that
 * without it, as the oracle of the table, it is right in all else.
 */
class NadamTest {
    @ParameterizedTest
    @ValueSource(strings = {"nadam constant", "nadam changing", "nadam options"})
    void theLoopIsPyTorchsButForItsSlip(String name) {
        Case torch = Course.TORCH.named(name);
        assertThat(distance(torch, 1)).isLessThan(1e-9);
        assertThat(distance(torch, 0)).isGreaterThan(1e-5);
    }

    /** The largest difference from PyTorch. */
    private static double distance(Case torch, int slip) {
        Paper loop = AdaptivePaper.nadam(
                torch.beta(0, 0.9),
                torch.beta(1, 0.999),
                torch.number("eps", 1e-8),
                torch.number("momentum_decay", 4e-3),
                slip);
        double[][][] values = Trajectory.follow(Course.torch(torch.rates()), loop.then(Paper.descend()))
                .values();
        double most = 0;
        for (int step = 0; step < values.length; step++) {
            for (int t = 0; t < values[step].length; t++) {
                for (int i = 0; i < values[step][t].length; i++) {
                    most = Math.max(most, Math.abs(values[step][t][i] - torch.values()[step][t][i]));
                }
            }
        }
        return most;
    }
}
