package org.thalweg.train.model;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.foreign.ForeignStatistics;
import org.thalweg.train.model.layer.Weights;

/**
 * One batch normalisation's running statistics, in the network's own memory.
 *
 * @param mean float32, one for each channel
 * @param variance the same
 * @param batches how many batches have been taken in, one int64, if that is counted
 * @param momentum the weight of a new batch in them
 */
record Normalisation(MemorySegment mean, MemorySegment variance, Optional<MemorySegment> batches, double momentum) {
    static Normalisation of(Weights weights, double momentum) {
        return new Normalisation(
                Tensors.segment(weights.get("running_mean")),
                Tensors.segment(weights.get("running_var")),
                Optional.of(Tensors.segment(weights.get("num_batches_tracked"))),
                momentum);
    }

    static Normalisation of(ForeignStatistics found) {
        return new Normalisation(found.mean(), found.variance(), found.batches(), found.momentum());
    }

    List<MemorySegment> memory() {
        return Stream.concat(Stream.of(mean, variance), batches.stream()).toList();
    }
}
