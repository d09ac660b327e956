package org.thalweg.optim.expr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.expr.Interpreter.Scalars;
import org.thalweg.optim.expr.Interpreter.Tensor;
import org.thalweg.optim.rule.TorchRules;
import org.thalweg.optim.rule.TorchRules.Twin;
import org.thalweg.optim.rule.TorchTrajectories;

/** The double-precision meaning of each rule against PyTorch in float64, to the precision of the stored trajectories. */
class InterpreterTrajectoryTest {
    private static final TorchTrajectories TORCH = TorchTrajectories.read();

    static List<Twin> twins() {
        return TorchRules.twins(TORCH);
    }

    @Test
    void coversTheRulesThatPyTorchHas() {
        assertThat(twins()).hasSize(54);
    }

    @ParameterizedTest
    @MethodSource("twins")
    void followsPyTorch(Twin twin) {
        Program program = twin.rule().program();
        List<Tensor> tensors = new ArrayList<>();
        for (TorchTrajectories.Tensor tensor : TORCH.tensors()) {
            double[] value = doubles(tensor.initial());
            tensors.add(
                    Tensor.initial(program, tensor.name(), value, new double[value.length], (int) tensor.shape()[0]));
        }
        for (int step = 0; step < TORCH.steps(); step++) {
            for (int t = 0; t < tensors.size(); t++) {
                double[] gradient = doubles(TORCH.gradients()[step][t]);
                System.arraycopy(gradient, 0, tensors.get(t).gradient(), 0, gradient.length);
            }
            Interpreter.step(program, tensors, new Scalars(twin.rates()[step], step + 1));
            for (int t = 0; t < tensors.size(); t++) {
                assertThat(tensors.get(t).value())
                        .as("tensor %d after step %d", t, step)
                        .usingElementComparator((one, other) -> compare(one, other, twin.tolerance()))
                        .containsExactly(twin.torch().values()[step][t]);
            }
        }
    }

    /** The stored numbers are rounded to 48 bits, 7e-12 of their size. */
    private static int compare(double one, double other, double tolerance) {
        return Math.abs(one - other) <= tolerance * (1 + Math.abs(other)) ? 0 : Double.compare(one, other);
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
