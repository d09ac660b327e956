package org.thalweg.train.model.text;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Elu;
import org.thalweg.train.model.layer.Activation.Gelu;
import org.thalweg.train.model.layer.Activation.Tanh;
import org.thalweg.train.model.layer.Attention;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.GroupNorm;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Lstm;
import org.thalweg.train.model.layer.Residual;
import org.thalweg.train.model.layer.Scale;
import org.thalweg.train.model.layer.Sequence;
import org.thalweg.train.model.layer.StandardisedConv2d;

/** Trees of layers that fit nothing, with odd numbers in their options. */
final class RandomLayers {
    private RandomLayers() {}

    static Model model(SplitMix64 random) {
        return new Model("random-" + random.below(1000), layers(random, 3));
    }

    private static List<Layer> layers(SplitMix64 random, int depth) {
        return IntStream.range(0, 1 + random.below(4))
                .mapToObj(i -> layer(random, depth))
                .toList();
    }

    private static double odd(SplitMix64 random) {
        return (1 + random.below(1 << 30)) / (double) (1L << 31) * Math.pow(10, random.below(9) - 4);
    }

    private static Layer layer(SplitMix64 random, int depth) {
        return switch (random.below(depth > 0 ? 11 : 9)) {
            case 0 -> new Tanh();
            case 1 -> new Elu(odd(random));
            case 2 -> new Gelu(random.below(2) == 0);
            case 3 -> new Attention(1 + random.below(8), random.below(2) == 0, 0.25);
            case 4 -> new Dropout(random.below(1000) / 1000.0);
            case 5 -> new GroupNorm(1 + random.below(64), odd(random), -odd(random));
            case 6 -> new Lstm(1 + random.below(500), 1 + random.below(3), random.below(10) / 10.0);
            case 7 -> new Scale(-odd(random));
            case 8 ->
                new StandardisedConv2d(6, 3, random.below(2), 1 + random.below(2))
                        .withGain(1 + random.below(2) * odd(random));
            case 9 -> new Residual(layers(random, depth - 1), layers(random, depth - 1), odd(random), odd(random));
            default -> new Sequence(layers(random, depth - 1));
        };
    }
}
