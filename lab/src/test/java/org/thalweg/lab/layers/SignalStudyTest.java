package org.thalweg.lab.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.layers.SignalStudy.Signal;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.ready.Models;

class SignalStudyTest {
    private static final Dataset DIGITS = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(1));
    private static final Examples SEEN =
            DIGITS.train().select(IntStream.range(0, 24).toArray());

    private static Network network() {
        return Network.build(
                Models.named("convnet:channels=4,hidden=8", DIGITS.shape(), DIGITS.task())
                        .plan(DIGITS.shape()),
                3);
    }

    /** By plain loops over each channel. */
    private static Signal signal(Tensor output) {
        int count = (int) output.size(0);
        int channels = (int) output.size(1);
        int places = (int) output.numel() / count / channels;
        float[] numbers = Tensors.segment(output.contiguous()).toArray(ValueLayout.JAVA_FLOAT);
        double shift = 0;
        double variance = 0;
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            double squares = 0;
            for (int example = 0; example < count; example++) {
                for (int place = 0; place < places; place++) {
                    double number = numbers[(example * channels + channel) * places + place];
                    sum += number / count / places;
                    squares += number * number / count / places;
                }
            }
            shift += sum * sum / channels;
            variance += (squares - sum * sum) / channels;
        }
        return new Signal(shift, variance);
    }

    @Test
    void signals_are_those_of_loops_over_channels_of_images_and_vectors() {
        try (Network network = network();
                Batches batches = new Batches(SEEN, 24);
                PointerScope _ = new PointerScope()) {
            SignalStudy study = SignalStudy.of(network, SEEN);
            network.forward(batches.inOrder().iterator().next().inputs(), true, (layer, output) -> {
                Signal expected = signal(output);
                assertThat(study.at(layer).shift()).as(layer).isCloseTo(expected.shift(), within(1e-6));
                assertThat(study.at(layer).variance()).as(layer).isCloseTo(expected.variance(), within(1e-6));
            });
            assertThat(study.layers()).containsKeys("conv1", "norm1", "linear2");
            assertThat(study.at("norm1").relativeShift()).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void statistics_stay_and_other_layers_are_refused() {
        try (Network network = network()) {
            byte[] before = statistics(network);
            SignalStudy study = SignalStudy.of(network, SEEN);
            assertThat(statistics(network)).isEqualTo(before);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> study.at("norm9"))
                    .withMessageContaining("there is no layer 'norm9' among [conv1");
        }
    }

    private static byte[] statistics(Network network) {
        return Objects.requireNonNull(network.weights().get("norm1.running_mean"))
                .data()
                .toArray(ValueLayout.JAVA_BYTE);
    }
}
