package org.thalweg.train;

import java.util.Optional;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Batches;

/**
 * How large the batches of a run are.
 *
 * @param size of all, unless there is a schedule
 * @param schedule by the number of batches before, from 0; rounded
 * @param keepLast whether the examples that are left at the end of an epoch make a smaller batch
 */
record BatchSizes(int size, Optional<Schedule> schedule, boolean keepLast) {
    /**
     * What they come to.
     *
     * @param batches in the whole run
     * @param smallest examples in a batch
     * @param largest examples in a batch
     */
    record Extent(long batches, int smallest, int largest) {}

    /** @param number of batches before, from 0 */
    int at(long number) {
        return schedule.map(sizes -> (int) Math.rint(sizes.at(number))).orElse(size);
    }

    /**
     * The extent of a run over so many examples.
     *
     * @throws IllegalArgumentException if a batch is not from 1 to all examples
     */
    Extent over(int examples, int epochs) {
        if (schedule.isEmpty()) {
            Batches.checkSize(size, examples);
            int rest = keepLast ? examples % size : 0;
            return new Extent(((long) examples / size + (rest > 0 ? 1 : 0)) * epochs, rest > 0 ? rest : size, size);
        }
        long number = 0;
        int smallest = examples;
        int largest = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int taken = 0;
            for (int next = checked(number, examples); next <= examples - taken; next = checked(number, examples)) {
                taken += next;
                smallest = Math.min(smallest, next);
                largest = Math.max(largest, next);
                number++;
            }
            if (keepLast && taken < examples) {
                smallest = Math.min(smallest, examples - taken);
                largest = Math.max(largest, examples - taken);
                number++;
            }
        }
        return new Extent(number, smallest, largest);
    }

    private int checked(long number, int examples) {
        int next = at(number);
        if (next < 1 || next > examples) {
            throw new IllegalArgumentException(
                    "the batch schedule must give sizes from 1 to the %,d training examples, but gives %,d after %,d batches"
                            .formatted(examples, next, number));
        }
        return next;
    }
}
