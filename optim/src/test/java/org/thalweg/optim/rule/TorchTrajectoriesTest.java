package org.thalweg.optim.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.TorchTrajectories.Case;
import org.thalweg.optim.rule.TorchTrajectories.Tensor;

/** The oracle itself: that the file is read as it was written, seen by recomputing some cases from their formulas. */
class TorchTrajectoriesTest {
    private static final TorchTrajectories TORCH = TorchTrajectories.read();

    /** A stated formula for one element: the next value from the gradient. */
    private interface Element {
        double next(double value, double gradient, double rate, int step);
    }

    @Test
    void sharesTensorsAndGradientsAmongAllCases() {
        assertThat(TORCH.torchVersion()).startsWith("1.13");
        assertThat(TORCH.steps()).isEqualTo(100);
        assertThat(TORCH.tensors()).extracting(Tensor::name).containsExactly("vector", "matrix", "cube");
        assertThat(TORCH.tensors().get(2).shape()).containsExactly(2, 1, 3);
        assertThat(TORCH.cases()).extracting(Case::name).doesNotHaveDuplicates().hasSizeGreaterThan(50);
        assertThat(TORCH.cases()).allSatisfy(one -> assertThat(all(one)).hasSize(100 * 23));
        assertThat(List.of(TORCH.gradients()[37]))
                .allSatisfy(tensor -> assertThat(tensor).containsOnly(0));
        List<Double> sizes = Stream.of(TORCH.gradients())
                .flatMap(Stream::of)
                .flatMap(tensor -> IntStream.range(0, tensor.length).mapToObj(i -> (double) Math.abs(tensor[i])))
                .filter(size -> size > 0)
                .sorted()
                .toList();
        assertThat(sizes.getFirst()).isBetween(1e-12, 1e-11);
        assertThat(sizes.getLast()).isBetween(300.0, 400.0);
    }

    @Test
    void readsOptionsAsPythonWroteThem() {
        Case adamw = TORCH.named("adamw options");
        assertThat(adamw.optimizer()).isEqualTo("AdamW");
        assertThat(adamw.beta(0, 0)).isEqualTo(0.9);
        assertThat(adamw.beta(1, 0)).isEqualTo(0.95);
        assertThat(adamw.number("eps", 0)).isEqualTo(1e-6);
        assertThat(adamw.number("absent", 7)).isEqualTo(7);
        assertThat(TORCH.named("nesterov changing").isOn("nesterov")).isTrue();
        assertThat(TORCH.named("momentum changing").isOn("nesterov")).isFalse();
        assertThat(TORCH.named("asgd average").recorded()).isEqualTo("ax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd constant", "sgd changing", "sgd coupled decay"})
    void recomputesSgd(String name) {
        double decay = TORCH.named(name).number("weight_decay", 0);
        assertTrajectory(TORCH.named(name), () -> (p, g, rate, step) -> p - rate * (g + decay * p));
    }

    @ParameterizedTest
    @ValueSource(strings = {"adam constant", "adam betas", "adamw changing", "adamw options", "adamw strong decay"})
    void recomputesAdam(String name) {
        Case torch = TORCH.named(name);
        double beta1 = torch.beta(0, 0.9);
        double beta2 = torch.beta(1, 0.999);
        double epsilon = torch.number("eps", 1e-8);
        double decay = torch.number("weight_decay", torch.optimizer().equals("AdamW") ? 0.01 : 0);
        assertTrajectory(torch, () -> {
            double[] m = new double[1];
            double[] v = new double[1];
            return (p, g, rate, step) -> {
                m[0] = beta1 * m[0] + (1 - beta1) * g;
                v[0] = beta2 * v[0] + (1 - beta2) * g * g;
                double mHat = m[0] / (1 - Math.pow(beta1, step + 1));
                double vHat = v[0] / (1 - Math.pow(beta2, step + 1));
                return p - rate * (mHat / (Math.sqrt(vHat) + epsilon) + decay * p);
            };
        });
    }

    private static void assertTrajectory(Case torch, Supplier<Element> formula) {
        for (int t = 0; t < TORCH.tensors().size(); t++) {
            float[] initial = TORCH.tensors().get(t).initial();
            for (int i = 0; i < initial.length; i++) {
                Element element = formula.get();
                double value = initial[i];
                for (int step = 0; step < TORCH.steps(); step++) {
                    value = element.next(value, TORCH.gradients()[step][t][i], torch.rates()[step], step);
                    assertThat(torch.values()[step][t][i])
                            .as(
                                    "%s, step %d, %s[%d]",
                                    torch, step, TORCH.tensors().get(t).name(), i)
                            .isCloseTo(value, within(1e-11 * (1 + Math.abs(value))));
                }
            }
        }
    }

    private static double[] all(Case torch) {
        return Stream.of(torch.values())
                .flatMap(Stream::of)
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }
}
