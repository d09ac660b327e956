package org.thalweg.train;

import java.util.Map;
import java.util.Optional;
import org.thalweg.train.metrics.LayerProbe;
import org.thalweg.train.run.Document;

/**
 * What a run writes down about its course beside losses, rates and scores. It changes nothing of what is trained.
 *
 * @param layersEvery after how many steps each time ratios and activations of the layers are taken; 0 for never
 * @param tensorBoard whether there is a file for TensorBoard as well
 */
public record Recording(long layersEvery, boolean tensorBoard) {
    /** Nothing more. */
    public static final Recording PLAIN = new Recording(0, false);

    public Recording {
        if (layersEvery < 0) {
            throw new IllegalArgumentException(
                    "statistics of the layers are taken every 1 or more steps, or never (0), not " + layersEvery);
        }
    }

    /** What looks into a step, if it is its turn: the first, and then every so many. */
    Optional<LayerProbe> probe(long step) {
        return layersEvery > 0 && (step == 1 || step % layersEvery == 0)
                ? Optional.of(new LayerProbe())
                : Optional.empty();
    }

    Map<String, Object> json() {
        return Document.fields("layersEvery", layersEvery, "tensorBoard", tensorBoard);
    }

    static Recording read(Document json) {
        return json.made(it -> new Recording(it.count("layersEvery"), it.flag("tensorBoard")));
    }
}
