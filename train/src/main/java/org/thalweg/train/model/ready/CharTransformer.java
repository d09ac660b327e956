package org.thalweg.train.model.ready;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Initialisation.Normal;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Gelu;
import org.thalweg.train.model.layer.Attention;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Embedding;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.LayerNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.PositionalEmbedding;
import org.thalweg.train.model.layer.Residual;

/**
 * A small decoder-only transformer on characters, as GPT-2: embeddings of tokens and positions; blocks of causal attention and
 * of two linear layers with a GELU, each behind a layer normalisation and beside its input; a layer normalisation and a
 * linear layer to the next character's scores.
 *
 * @param features at each position, a multiple of the heads
 * @param layers blocks, 1 to 1000
 * @param heads of attention, at least 1
 * @param dropout at the end of each branch and in the attention, in [0, 1)
 */
public record CharTransformer(int features, int layers, int heads, double dropout) implements Architecture {
    private static final int EXPANSION = 4;
    private static final double DEVIATION = 0.02;

    public CharTransformer {
        Ranges.between(1, Integer.MAX_VALUE / EXPANSION, features, "features");
        Ranges.between(1, Ranges.DEEPEST, layers, "layers");
        Ranges.atLeast(1, heads, "heads");
        Ranges.share(dropout, "dropout");
    }

    /** Four blocks of 128 features and 4 heads, without dropout. */
    public CharTransformer() {
        this(128, 4, 4, 0);
    }

    @Override
    public Model model(Shape input, Task task) {
        List<Layer> all = new ArrayList<>(
                List.of(new Embedding(task.outputs(), features, DEVIATION), new PositionalEmbedding(DEVIATION)));
        for (int block = 0; block < layers; block++) {
            all.add(residual(new Attention(heads, true, dropout)));
            all.add(residual(new Linear(EXPANSION * features), new Gelu(), new Linear(features)));
        }
        all.addAll(List.of(new LayerNorm(), new Linear(task.outputs(), false)));
        return new Model("char-transformer", all).with(new Normal(DEVIATION));
    }

    private Layer residual(Layer... branch) {
        List<Layer> body = new ArrayList<>(List.of(new LayerNorm()));
        body.addAll(List.of(branch));
        if (dropout > 0) {
            body.add(new Dropout(dropout));
        }
        return new Residual(body);
    }

    @Override
    public String summary() {
        return "a language model on characters: a small decoder-only transformer";
    }

    @Override
    public String source() {
        return "Vaswani et al., NeurIPS 2017; Radford et al., 2019";
    }
}
