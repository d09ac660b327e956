package org.thalweg.train.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Extras;
import org.thalweg.train.Probes;
import org.thalweg.train.TrainingStep;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.metrics.LayerStatistics.Moments;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;

class LayerProbeTest {
    private static Dataset digits;

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));
    }

    private static Network network() {
        return Network.build(Model.mlp(10, 24).plan(digits.shape()), 5);
    }

    private static double norm(MemorySegment numbers) {
        double squares = 0;
        for (float number : numbers.toArray(ValueLayout.JAVA_FLOAT)) {
            squares += (double) number * number;
        }
        return Math.sqrt(squares);
    }

    private static Moments moments(MemorySegment numbers) {
        float[] values = numbers.toArray(ValueLayout.JAVA_FLOAT);
        double mean = 0;
        for (float value : values) {
            mean += value / (double) values.length;
        }
        double variance = 0;
        for (float value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        return new Moments(mean, variance);
    }

    /** Beside plain loops over the outputs and gradients of a whole batch, also when it goes through in parts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void tells_ratios_and_moments_and_changes_no_bit(int parts) {
        Extras extras = Extras.NONE.withParts(parts);
        try (Network seen = network();
                Network unseen = network();
                Optimizer one = Optimizer.of(new Sgd(), Schedule.constant(0.1), seen.parameters());
                Optimizer other = Optimizer.of(new Sgd(), Schedule.constant(0.1), unseen.parameters());
                TrainingStep watched = new TrainingStep(seen, one, new CrossEntropy(), extras);
                TrainingStep plain = new TrainingStep(unseen, other, new CrossEntropy(), extras);
                Batches batches = new Batches(digits.train(), 32)) {
            Batch batch = batches.shuffled(1, 1).iterator().next();
            Map<String, Moments> moments = new LinkedHashMap<>();
            try (PointerScope _ = new PointerScope()) {
                unseen.forward(
                        batch.inputs(),
                        true,
                        (layer, output) -> moments.put(layer, moments(Tensors.segment(output.contiguous()))));
            }
            Map<String, Double> norms = new LinkedHashMap<>();
            unseen.parameters().forEach(parameter -> norms.put(parameter.name(), norm(parameter.value())));

            LayerProbe probe = new LayerProbe();
            assertThat(watched.run(batch, new Probes(Optional.of(probe), Optional.empty())))
                    .isEqualTo(plain.run(batch));

            LayerStatistics statistics = probe.statistics(7);
            assertThat(statistics.step()).isEqualTo(7);
            assertThat(statistics.activations().keySet())
                    .isEqualTo(moments.keySet())
                    .contains("linear1", "relu1", "linear2");
            statistics.activations().forEach((layer, found) -> {
                Moments expected = Objects.requireNonNull(moments.get(layer));
                assertThat(found.mean()).isCloseTo(expected.mean(), within(1e-6));
                assertThat(found.variance()).isCloseTo(expected.variance(), within(1e-6));
            });
            try (PointerScope _ = new PointerScope()) {
                List<Parameter> parameters = unseen.parameters();
                assertThat(statistics.ratios().keySet())
                        .containsExactlyElementsOf(
                                parameters.stream().map(Parameter::name).toList());
                for (Parameter parameter : parameters) {
                    double ratio = norm(parameter.gradient().orElseThrow())
                            / Objects.requireNonNull(norms.get(parameter.name()));
                    assertThat(statistics.ratios().get(parameter.name())).isCloseTo(ratio, within(1e-9));
                }
            }
            for (int i = 0; i < seen.parameters().size(); i++) {
                assertThat(seen.parameters()
                                .get(i)
                                .value()
                                .mismatch(unseen.parameters().get(i).value()))
                        .isEqualTo(-1);
            }
        }
    }
}
