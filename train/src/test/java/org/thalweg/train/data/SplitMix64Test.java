package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitMix64Test {
    @Test
    void isTheGeneratorOfTheSameNameInTheJdk() {
        for (long seed : new long[] {0, 1, -1, 0x1234_5678_9ABC_DEF0L}) {
            SplitMix64 ours = new SplitMix64(seed);
            SplittableRandom theirs = new SplittableRandom(seed);
            for (int i = 0; i < 1000; i++) {
                assertThat(ours.next()).isEqualTo(theirs.nextLong());
            }
        }
    }

    @Test
    void permutesEveryNumberOnce() {
        for (int size : new int[] {0, 1, 2, 3, 10, 1797}) {
            int[] order = new SplitMix64(size).permutation(size);
            assertThat(IntStream.of(order).sorted().toArray())
                    .isEqualTo(IntStream.range(0, size).toArray());
        }
    }

    /** All 24 orders of four, 240,000 times: chi-square with 23 degrees of freedom, 49.7 at one in a thousand. */
    @Test
    void everyOrderIsAsLikely() {
        int[] counts = new int[256];
        int draws = 240_000;
        SplitMix64 random = new SplitMix64(7);
        for (int i = 0; i < draws; i++) {
            int[] order = random.permutation(4);
            counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
        }
        double expected = draws / 24.0;
        double chiSquare = IntStream.of(counts)
                .filter(count -> count > 0)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        assertThat(IntStream.of(counts).filter(count -> count > 0).count()).isEqualTo(24);
        assertThat(chiSquare).isLessThan(49.7);
    }

    @Test
    void streamsOfOneSeedDiffer() {
        assertThat(Arrays.asList(0L, 1L, 2L, -1L).stream()
                        .map(stream -> SplitMix64.stream(5, stream).next())
                        .distinct())
                .hasSize(4);
        assertThat(SplitMix64.stream(5, 3).permutation(100))
                .isEqualTo(SplitMix64.stream(5, 3).permutation(100));
    }
}
