package org.thalweg.lab.layers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Examples;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.RunningStatistics;

/**
 * How a signal goes through a network: channel by channel, over examples and places, at every layer's output (Brock, De and Smith, ICLR 2021,
 * section 3). Networks compute as in training, normalisation by the batch.
 *
 * @param layers by path, from the input on, inner layers before the one around them
 */
public record SignalStudy(SequencedMap<String, Signal> layers) {
    /**
     * A layer's output.
     *
     * @param shift the average squared channel mean: 0 where no channel's mean is off 0
     * @param variance the average channel variance
     */
    public record Signal(double shift, double variance) {
        /** The average square of all numbers. */
        public double power() {
            return shift + variance;
        }

        /** The squared mean over the variance: how far channels are off 0 beside how much they vary; infinite where nothing varies. */
        public double relativeShift() {
            return shift / variance;
        }
    }

    public SignalStudy {
        layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
    }

    /**
     * Sends examples through a network as one batch; its weights and running statistics stay.
     *
     * @param examples at least two, and so few that they fit into memory together with what every layer gives
     */
    public static SignalStudy of(Network network, Examples examples) {
        SequencedMap<String, Signal> signals = new LinkedHashMap<>();
        try (RunningStatistics.Kept _ = network.statistics().keep();
                Batches batches = new Batches(examples, new Batching(examples.count(), false));
                PointerScope _ = new PointerScope()) {
            NoGradGuard _ = new NoGradGuard();
            batches.inOrder()
                    .forEach(batch -> network.forward(
                            batch.inputs(), true, (layer, output) -> signals.put(layer, signal(output))));
        }
        return new SignalStudy(signals);
    }

    /**
     * The output of a layer.
     *
     * @throws IllegalArgumentException if there is no such layer
     */
    public Signal at(String layer) {
        Signal signal = layers.get(layer);
        if (signal == null) {
            throw new IllegalArgumentException("there is no layer '%s' among %s".formatted(layer, layers.keySet()));
        }
        return signal;
    }

    /** Channels come second in images and vectors, and last in sequences. */
    private static Signal signal(Tensor output) {
        try (PointerScope _ = new PointerScope()) {
            long axis = output.dim() == 3 ? 2 : 1;
            Tensor channels = output.to(ScalarType.Double)
                    .transpose(0, axis)
                    .reshape(output.size(axis), output.numel() / output.size(axis));
            Tensor means = channels.mean(1);
            double shift = means.square().mean().item_double();
            double variance = channels.sub(means.unsqueeze(1)).square().mean().item_double();
            return new Signal(shift, variance);
        }
    }
}
