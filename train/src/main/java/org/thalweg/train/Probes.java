package org.thalweg.train;

import java.util.Optional;
import org.thalweg.train.metrics.LayerProbe;
import org.thalweg.train.noise.NoiseProbe;

/**
 * What looks into one step. None of it changes what is learned.
 *
 * @param layers sees the layers' outputs, and the gradients before the update
 * @param noise sees the gradients of the batch's parts
 */
public record Probes(Optional<LayerProbe> layers, Optional<NoiseProbe> noise) {
    /** Nothing does. */
    public static final Probes NONE = new Probes(Optional.empty(), Optional.empty());

    /** Whether anything does. */
    boolean anything() {
        return layers.isPresent() || noise.isPresent();
    }
}
