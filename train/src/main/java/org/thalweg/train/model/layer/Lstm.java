package org.thalweg.train.model.layer;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997, with Gers' forget gate), as libtorch has it: the state after
 * each position of a sequence, from a state of zeros before the first.
 *
 * @param features of the state, at least 1
 * @param layers one above the other, at least 1
 * @param dropout probability of a zero between layers in training, in [0, 1)
 */
public record Lstm(int features, int layers, double dropout) implements Plain {
    /** Input, forget, cell and output gate. */
    private static final int GATES = 4;

    public Lstm {
        Check.atLeast(1, features, "features of an LSTM");
        Check.atLeast(1, layers, "layers of an LSTM");
        Check.probability(dropout, "dropout of an LSTM");
    }

    /** One layer. */
    public Lstm(int features) {
        this(features, 1, 0);
    }

    @Override
    public String kind() {
        return "lstm";
    }

    @Override
    public Shape output(Shape input) {
        Misfit.unless(input.isSequence(), "needs a sequence");
        return Shape.sequence(input.length(), features);
    }

    @Override
    public List<Weight> weights(Shape input) {
        Start start = new Start.Uniform(1 / Math.sqrt(features));
        List<Weight> weights = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            int below = layer == 0 ? input.channels() : features;
            weights.add(Weight.trained("weight_ih_l" + layer, start, (long) GATES * features, below));
            weights.add(Weight.trained("weight_hh_l" + layer, start, (long) GATES * features, features));
            weights.add(Weight.trained("bias_ih_l" + layer, start, (long) GATES * features));
            weights.add(Weight.trained("bias_hh_l" + layer, start, (long) GATES * features));
        }
        return weights;
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        TensorVector all = new TensorVector();
        weights(input).forEach(weight -> all.push_back(weights.get(weight.name())));
        return (value, training) -> {
            TensorVector state = new TensorVector();
            state.push_back(torch.zeros(layers, value.size(0), features));
            state.push_back(torch.zeros(layers, value.size(0), features));
            return Bending.of(
                    training,
                    () -> torch.lstm(value, state, all, true, layers, dropout, training, false, true)
                            .get0());
        };
    }
}
