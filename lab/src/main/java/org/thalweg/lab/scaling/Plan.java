package org.thalweg.lab.scaling;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a training would come to with more workers.
 *
 * @param job what is trained
 * @param cluster who trains it
 * @param workers the most that are asked about
 * @param batches that may be used
 * @param assumptions that all of it rests on, a sentence each
 */
public record Plan(Job job, Cluster cluster, int workers, List<Integer> batches, List<String> assumptions) {
    /** How far pages go beyond what was asked. */
    public static final int FAR = 4096;

    public Plan {
        if (workers < 1) {
            throw new IllegalArgumentException("a plan is for 1 worker or more, not " + workers);
        }
        for (int batch : batches) {
            if (batch < 1 || batch > job.examples()) {
                throw new IllegalArgumentException(
                        "a batch is from 1 to the %,d training examples, not %,d".formatted(job.examples(), batch));
            }
        }
        batches = List.copyOf(batches);
        assumptions = List.copyOf(assumptions);
    }

    /** The batch and what it doubles to, as long as it fits into an epoch. */
    public static List<Integer> doublings(int batch, int examples) {
        return Stream.iterate((long) batch, size -> size <= examples, size -> 2 * size)
                .map(Long::intValue)
                .toList();
    }

    /** Powers of two up to a number of workers, and that itself. */
    public static List<Integer> crews(int most) {
        IntStream powers = IntStream.iterate(1, crew -> crew < most && crew > 0, crew -> 2 * crew);
        return IntStream.concat(powers, IntStream.of(most)).boxed().toList();
    }

    /** For each number of workers that a batch has examples for, the batch that gets to the target first. */
    public List<Forecast> best() {
        return crews(workers).stream()
                .map(crew -> Forecast.best(job, cluster, crew, batches))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Of one batch size, by workers up to a number. */
    public List<Forecast> of(int batch, int most) {
        return crews(most).stream()
                .filter(crew -> crew <= batch)
                .map(crew -> Forecast.of(job, cluster, crew, batch))
                .toList();
    }
}
