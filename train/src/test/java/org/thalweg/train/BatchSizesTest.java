package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.BatchSizes.Extent;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;

class BatchSizesTest {
    /** What is foretold of a run is what its passes come to, with and without the last, smaller batch. */
    @ParameterizedTest
    @CsvSource({
        "10, 103, 3",
        "103, 103, 2",
        "1, 103, 1",
        "102, 103, 2",
        "10, 100, 3",
        "0, 103, 4",
        "0, 41, 2",
    })
    void foretellsWhatPassesComeTo(int size, int count, int epochs) {
        Optional<Schedule> schedule = size == 0 ? Optional.of(Schedule.parse("7.then(9, 40)")) : Optional.empty();
        Examples examples = MemoryExamples.classes(Shape.vector(1), 1, MemoryExamples.floats(count), new int[count]);
        for (boolean keepLast : new boolean[] {false, true}) {
            BatchSizes sizes = new BatchSizes(size, schedule, keepLast);
            Extent extent = sizes.over(count, epochs);
            long number = 0;
            int smallest = count;
            int seen = 0;
            try (Batches batches = new Batches(examples, new Batching(extent.largest(), !keepLast))) {
                for (int epoch = 1; epoch <= epochs; epoch++) {
                    long before = number;
                    for (Batch batch : batches.shuffled(1, epoch, 0, next -> sizes.at(before + next))) {
                        number++;
                        smallest = Math.min(smallest, batch.count());
                        seen += batch.count();
                    }
                }
            }
            assertThat(extent.batches()).isEqualTo(number);
            assertThat(extent.smallest()).isEqualTo(smallest);
            assertThat(seen).isLessThanOrEqualTo(count * epochs);
            assertThat(keepLast ? seen : count * epochs).isEqualTo(count * epochs);
        }
    }
}
