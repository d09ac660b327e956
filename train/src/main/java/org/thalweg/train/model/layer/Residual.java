package org.thalweg.train.model.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Shape;

/**
 * A residual connection (He et al., CVPR 2016, equations 1 and 2) with the scaling of Brock, De and Smith, ICLR 2021,
 * section 3: {@code shortcut(x) + alpha body(x / beta)}.
 *
 * @param body the branch that is learned
 * @param shortcut what is beside it; no layers for the input itself
 * @param alpha scale of the branch, finite
 * @param beta what the input of the branch is divided by, above 0: the deviation that is expected of it
 */
public record Residual(List<Layer> body, List<Layer> shortcut, double alpha, double beta) implements Composite {
    public Residual {
        body = List.copyOf(body);
        shortcut = List.copyOf(shortcut);
        Check.require(!body.isEmpty(), "the body of a residual connection has no layers");
        Check.finite(alpha, "alpha of a residual connection");
        Check.positive(beta, "beta of a residual connection");
    }

    /** Beside the input itself. */
    public Residual(List<Layer> body) {
        this(body, List.of());
    }

    /** Unscaled. */
    public Residual(List<Layer> body, List<Layer> shortcut) {
        this(body, shortcut, 1, 1);
    }

    @Override
    public String kind() {
        return "residual";
    }

    @Override
    public SequencedMap<String, List<Layer>> branches() {
        SequencedMap<String, List<Layer>> branches = new LinkedHashMap<>();
        branches.put("body", body);
        branches.put("shortcut", shortcut);
        return branches;
    }

    @Override
    public Residual around(List<List<Layer>> others) {
        return new Residual(others.getFirst(), others.getLast(), alpha, beta);
    }

    @Override
    public Shape output(List<Shape> outputs) {
        Misfit.unless(
                outputs.getFirst().equals(outputs.getLast()),
                "needs a body and a shortcut that end alike, not with %s and %s",
                outputs.getFirst(),
                outputs.getLast());
        return outputs.getFirst();
    }

    @Override
    public Stage stage(List<Stage> branches) {
        Stage inner = branches.getFirst();
        Stage beside = branches.getLast();
        Scalar scale = new Scalar(alpha);
        Scalar divisor = new Scalar(beta);
        return (value, training) -> {
            Tensor learned = inner.forward(beta == 1 ? value : value.div(divisor), training);
            Tensor straight = beside.forward(value, training);
            return alpha == 1 ? straight.add(learned) : straight.add(learned, scale);
        };
    }
}
