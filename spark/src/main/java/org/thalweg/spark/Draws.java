package org.thalweg.spark;

import java.util.List;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Attention;
import org.thalweg.train.model.layer.Composite;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Lstm;
import org.thalweg.train.model.layer.StochasticDepth;
import org.thalweg.train.model.layer.TorchScript;

/** Whether a model draws random numbers as it trains, which libtorch takes from one place for the whole process. */
final class Draws {
    private Draws() {}

    static boolean in(Model model) {
        return in(model.layers());
    }

    private static boolean in(List<Layer> layers) {
        return layers.stream().anyMatch(Draws::in);
    }

    private static boolean in(Layer layer) {
        return switch (layer) {
            case Dropout dropout -> dropout.probability() > 0;
            case StochasticDepth depth -> depth.probability() > 0;
            case Attention attention -> attention.dropout() > 0;
            case Lstm lstm -> lstm.dropout() > 0;
            case TorchScript _ -> true; // nobody knows
            case Composite composite -> composite.branches().values().stream().anyMatch(Draws::in);
            default -> false;
        };
    }
}
