package org.thalweg.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

class KernelSharingTest {
    private static List<Kernel> kernels(String rule) {
        Rule parsed = Rules.parse(rule);
        MemorySegment memory = MemorySegment.ofArray(new float[4]);
        List<MemorySegment> states = parsed.program().states().stream()
                .map(_ -> Arena.ofAuto().allocate(16, 4))
                .toList();
        Tensor tensor = new Tensor(
                0,
                Tensor.Value.of(memory),
                1,
                states,
                Storage.FLOAT32,
                parsed.program().noises(),
                new double[0]);
        tensor.gradient(Optional.of(memory));
        TensorGroup group = new TensorGroup(parsed.program(), List.of(tensor), true);
        group.begin(0, _ -> 0.5);
        return tensor.kernels;
    }

    @Test
    void rulesThatDifferInNumbersShareTheirKernels() {
        assertThat(kernels("adam:beta1=0.5,epsilon=1e-3")).hasSize(1).isEqualTo(kernels("adam"));
        assertThat(kernels("clip-by-global-norm:max-norm=3 + lamb:decay=0.5"))
                .hasSize(3)
                .isEqualTo(kernels("clip-by-global-norm + lamb"));
    }

    @Test
    void otherRulesHaveKernelsOfTheirOwn() {
        assertThat(kernels("adam")).doesNotContainAnyElementsOf(kernels("adamw"));
    }
}
