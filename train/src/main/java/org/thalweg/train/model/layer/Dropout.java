package org.thalweg.train.model.layer;

import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/**
 * In training, each value is zeroed at random and the rest scaled up to keep the mean (Srivastava et al., JMLR 2014).
 *
 * @param probability of a zero, in [0, 1)
 */
public record Dropout(double probability) implements Plain {
    public Dropout {
        Check.probability(probability, "the probability of dropout");
    }

    @Override
    public String kind() {
        return "dropout";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        return (value, training) -> torch.dropout(value, probability, training);
    }
}
