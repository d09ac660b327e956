package org.thalweg.lab.landscape;

import java.util.List;
import java.util.Optional;

/**
 * The loss over a plane through a trained network.
 *
 * @param directions what its axes are
 * @param plane the losses
 * @param way of the training through it, if it was asked for
 */
public record Surroundings(String directions, Plane plane, Optional<Way> way) {
    /**
     * Where a run's checkpoints lie in the plane, from the first weights to the last.
     *
     * @param x along the first direction
     * @param y along the second
     * @param explained the shares of the way's variance that the two directions hold
     */
    public record Way(List<Double> x, List<Double> y, List<Double> explained) {
        public Way {
            x = List.copyOf(x);
            y = List.copyOf(y);
            explained = List.copyOf(explained);
        }
    }
}
