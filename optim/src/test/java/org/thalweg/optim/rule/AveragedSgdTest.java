package org.thalweg.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.TorchTrajectories.Case;
import org.thalweg.optim.rule.TorchTrajectories.Tensor;
import org.thalweg.optim.schedule.Schedule;

class AveragedSgdTest {
    @Test
    void averagesItsIteratesAsPyTorchDoes() {
        TorchTrajectories torch = TorchTrajectories.read();
        Case average = torch.named("asgd average");
        for (int t = 0; t < torch.tensors().size(); t++) {
            Tensor tensor = torch.tensors().get(t);
            float[] value = tensor.initial().clone();
            float[] gradient = new float[value.length];
            Parameter parameter = Parameter.of("p", value, gradient, tensor.shape());
            try (Optimizer optimizer = Optimizer.of(
                    TorchRules.averagedSgd(average), Schedule.constant(average.rates()[0]), List.of(parameter))) {
                for (int step = 0; step < torch.steps(); step++) {
                    System.arraycopy(torch.gradients()[step][t], 0, gradient, 0, gradient.length);
                    optimizer.step();
                    float[] state = optimizer
                            .state()
                            .tensors()
                            .getOrDefault("p", Map.of())
                            .getOrDefault("average", new float[0]);
                    assertThat(state).hasSameSizeAs(value);
                    for (int i = 0; i < state.length; i++) {
                        assertThat((double) state[i]).isCloseTo(average.values()[step][t][i], within(3e-6));
                    }
                }
            }
        }
    }
}
