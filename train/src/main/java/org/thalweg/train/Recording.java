package org.thalweg.train;

import java.util.Map;
import java.util.Optional;
import org.thalweg.train.metrics.LayerProbe;
import org.thalweg.train.model.Network;
import org.thalweg.train.noise.NoiseProbe;
import org.thalweg.train.run.Document;
import org.thalweg.train.worker.Workers;

/**
 * What a run writes down about its course beside losses, rates and scores. It changes nothing of what is trained.
 *
 * @param layersEvery after how many steps each time ratios and activations of the layers are taken; 0 for never
 * @param noiseEvery after how many steps each time the gradient's noise is measured, between the parts that batches go through
 *     the network in; 0 for never
 * @param tensorBoard whether there is a file for TensorBoard as well
 */
public record Recording(long layersEvery, long noiseEvery, boolean tensorBoard) {
    /** Nothing more. */
    public static final Recording PLAIN = new Recording(0, 0, false);

    public Recording {
        if (layersEvery < 0) {
            throw new IllegalArgumentException(
                    "statistics of the layers are taken every 1 or more steps, or never (0), not " + layersEvery);
        }
        if (noiseEvery < 0) {
            throw new IllegalArgumentException(
                    "the gradient's noise is measured every 1 or more steps, or never (0), not " + noiseEvery);
        }
    }

    /** What looks into a step where it is its turn: the first, and then every so many. */
    Probes probes(long step, Network network, Workers workers) {
        return new Probes(
                isDue(step, layersEvery) ? Optional.of(new LayerProbe()) : Optional.empty(),
                isDue(step, noiseEvery) ? Optional.of(new NoiseProbe(network.tensors(), workers)) : Optional.empty());
    }

    private static boolean isDue(long step, long every) {
        return every > 0 && (step == 1 || step % every == 0);
    }

    Map<String, Object> json() {
        return Document.fields("layersEvery", layersEvery, "noiseEvery", noiseEvery, "tensorBoard", tensorBoard);
    }

    static Recording read(Document json) {
        return json.made(it -> new Recording(
                it.count("layersEvery"), it.has("noiseEvery") ? it.count("noiseEvery") : 0, it.flag("tensorBoard")));
    }
}
