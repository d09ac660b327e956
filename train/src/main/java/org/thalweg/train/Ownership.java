package org.thalweg.train;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.optim.Parameter;
import org.thalweg.train.model.Network;
import org.thalweg.train.worker.Workers;

/**
 * Which worker keeps the rule's state for which weights. Weights go whole to one worker, the largest first to whoever has least
 * so far, because many rules look at a weight as a whole.
 *
 * @param owners by the weights' place in the network
 */
record Ownership(List<Integer> owners) {
    /**
     * Of a network's weights, as they are to be shared; where they are not, all are every worker's own.
     *
     * @throws IllegalArgumentException if a worker would have none
     */
    static Ownership of(Network network, Workers workers, Sharing sharing) {
        boolean shared = sharing.shardedState() && !workers.isAlone();
        return shared
                ? of(network.parameters(), workers.size())
                : new Ownership(Collections.nCopies(network.parameters().size(), workers.rank()));
    }

    /**
     * Among so many workers.
     *
     * @throws IllegalArgumentException if one would have none
     */
    static Ownership of(List<Parameter> weights, int workers) {
        if (weights.size() < workers) {
            throw new IllegalArgumentException(
                    "the state of %d weights cannot be shared among %d workers: each needs one at least"
                            .formatted(weights.size(), workers));
        }
        int[] owners = new int[weights.size()];
        long[] loads = new long[workers];
        IntStream.range(0, owners.length)
                .boxed()
                .sorted(Comparator.comparingLong(
                        (Integer place) -> -Math.max(1, weights.get(place).size())))
                .forEach(place -> {
                    int least = IntStream.range(0, workers)
                            .boxed()
                            .min(Comparator.comparingLong(worker -> loads[worker]))
                            .orElseThrow();
                    owners[place] = least;
                    loads[least] += Math.max(1, weights.get(place).size());
                });
        return new Ownership(IntStream.of(owners).boxed().toList());
    }

    /** The most numbers that any of so many workers owns. */
    long largest(List<Parameter> weights, int workers) {
        return IntStream.range(0, workers)
                .mapToLong(rank ->
                        of(rank, weights).stream().mapToLong(Parameter::size).sum())
                .max()
                .orElse(0);
    }

    /** A worker's own of some things, one for each weight. */
    <T> List<T> of(int rank, List<T> all) {
        return IntStream.range(0, all.size())
                .filter(place -> owners.get(place) == rank)
                .mapToObj(all::get)
                .toList();
    }
}
