package org.thalweg.train.model.ready;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Dropout;
import org.thalweg.train.model.layer.Embedding;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Lstm;

/**
 * A language model on characters: embedding, LSTM, and a linear layer to the next character's scores.
 *
 * @param features of the embedding, at least 1
 * @param hidden features of the LSTM, at least 1
 * @param layers of the LSTM, 1 to 1000
 * @param dropout between the layers and behind the last, in [0, 1)
 */
public record CharLstm(int features, int hidden, int layers, double dropout) implements Architecture {
    public CharLstm {
        Ranges.atLeast(1, features, "features");
        Ranges.atLeast(1, hidden, "hidden");
        Ranges.between(1, Ranges.DEEPEST, layers, "layers");
        Ranges.share(dropout, "dropout");
    }

    /** Two layers of 256. */
    public CharLstm() {
        this(64, 256, 2, 0);
    }

    @Override
    public Model model(Shape input, Task task) {
        List<Layer> all = new ArrayList<>(
                List.of(new Embedding(task.outputs(), features), new Lstm(hidden, layers, layers > 1 ? dropout : 0)));
        if (dropout > 0) {
            all.add(new Dropout(dropout));
        }
        all.add(new Linear(task.outputs()));
        return new Model("char-lstm", all);
    }

    @Override
    public String summary() {
        return "a language model on characters with an LSTM";
    }

    @Override
    public String source() {
        return "Hochreiter & Schmidhuber, 1997; Graves, arXiv:1308.0850";
    }
}
