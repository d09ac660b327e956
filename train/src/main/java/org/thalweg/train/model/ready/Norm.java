package org.thalweg.train.model.ready;

import java.util.Optional;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.GroupNorm;
import org.thalweg.train.model.layer.InstanceNorm;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.LayerNorm;

/** Which normalisation a ready model has. */
public enum Norm {
    BATCH,
    /** In eight groups, or as many as divide the channels evenly. */
    GROUP,
    LAYER,
    INSTANCE,
    NONE;

    private static final int MOST_GROUPS = 8;

    /**
     * The layer, unless it is none.
     *
     * @param channels that it sees
     * @param scale what its trained scale starts at
     */
    Optional<Layer> layer(int channels, double scale) {
        return switch (this) {
            case BATCH -> Optional.of(new BatchNorm().startingAt(scale));
            case GROUP -> Optional.of(new GroupNorm(groups(channels), GroupNorm.EPSILON, scale));
            case LAYER -> Optional.of(new LayerNorm(LayerNorm.EPSILON, scale));
            case INSTANCE -> Optional.of(new InstanceNorm(InstanceNorm.EPSILON, scale));
            case NONE -> Optional.empty();
        };
    }

    private static int groups(int channels) {
        int groups = MOST_GROUPS;
        while (channels % groups != 0) {
            groups /= 2;
        }
        return groups;
    }
}
