package org.thalweg.train;

import java.util.List;
import java.util.Optional;
import org.thalweg.optim.FiniteSteps;
import org.thalweg.optim.Parameter;
import org.thalweg.train.worker.Workers;

/**
 * Whether gradients are finite: of all workers, where each has but its own.
 *
 * @param parameters whose gradients this worker has, the last layer's first: the trouble starts at the loss
 */
record FiniteGradients(List<Parameter> parameters, Workers workers, Sharing sharing) {
    /** The name of a parameter whose gradient is not finite; the same on all workers. */
    Optional<String> firstBad() {
        Optional<String> here = FiniteSteps.firstNonFinite(parameters).map(Parameter::name);
        if (!sharing.shardedState() || !workers.any(here.isPresent())) {
            return here;
        }
        return workers.all(here.orElse("")).stream()
                .filter(name -> !name.isEmpty())
                .findFirst();
    }
}
