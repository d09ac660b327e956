package org.thalweg.train.model.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Shape;

/**
 * SkipInit, for the end of a residual branch: what comes in times one trained number that starts at zero, so that the
 * branch starts as nothing (De and Smith, NeurIPS 2020, section 4).
 *
 * @param start what the number starts at
 */
public record SkipInit(double start) implements Plain {
    public SkipInit {
        Check.finite(start, "start of SkipInit");
    }

    /** From zero. */
    public SkipInit() {
        this(0);
    }

    @Override
    public String kind() {
        return "skip";
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public List<Weight> weights(Shape input) {
        return List.of(Weight.constant("gain", start, 1));
    }

    @Override
    public Stage stage(Shape input, Weights weights) {
        Tensor gain = weights.get("gain");
        return (value, _) -> value.mul(gain);
    }
}
