package org.thalweg.optim.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random bits from keys and places. */
class CounterTest {
    private static final int PLACES = 1 << 16;

    /** A change of any bit of what the key is made from or of the place changes every bit of the result as often as not. */
    @Test
    void everyBitIsFeltByEveryBit() {
        Random random = new Random(61);
        for (int flipped = 0; flipped < Long.SIZE + Integer.SIZE; flipped++) {
            int[] changes = new int[Integer.SIZE];
            for (int trial = 0; trial < PLACES; trial++) {
                long number = random.nextLong();
                int place = random.nextInt();
                int before = Counter.bits(Counter.key(number), place);
                int after = flipped < Long.SIZE
                        ? Counter.bits(Counter.key(number ^ 1L << flipped), place)
                        : Counter.bits(Counter.key(number), place ^ 1 << (flipped - Long.SIZE));
                for (int bit = 0; bit < Integer.SIZE; bit++) {
                    changes[bit] += (before ^ after) >>> bit & 1;
                }
            }
            for (int bit = 0; bit < Integer.SIZE; bit++) {
                assertThat((double) changes[bit] / PLACES)
                        .as("input bit %d, output bit %d", flipped, bit)
                        .isCloseTo(0.5, within(0.02));
            }
        }
    }

    /** 256 boxes for each byte of the bits: chi-squared of 255 degrees of freedom, 6 standard deviations. */
    @Test
    void everyByteIsUniform() {
        for (long key : List.of(0L, 1L, -1L, Counter.key(1, 2, 3))) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                int[] boxes = new int[256];
                for (int place = 0; place < 100 * PLACES; place++) {
                    boxes[Counter.bits(key, place) >>> shift & 0xFF]++;
                }
                double expected = 100.0 * PLACES / boxes.length;
                double chiSquared = 0;
                for (int count : boxes) {
                    chiSquared += (count - expected) * (count - expected) / expected;
                }
                assertThat(chiSquared).as("key %d, byte at %d", key, shift).isBetween(255 - 136.0, 255 + 136.0);
            }
        }
    }

    @Test
    void keysTellNumbersAndTheirOrderApart() {
        Set<Long> keys = new HashSet<>();
        for (long seed = -20; seed < 20; seed++) {
            for (long stream = 0; stream < 10; stream++) {
                for (long step = 1; step <= 100; step++) {
                    keys.add(Counter.key(seed, stream, step));
                }
            }
        }
        assertThat(keys).hasSize(40 * 10 * 100);
    }

    /** Also names that {@link String#hashCode} does not tell apart. */
    @Test
    void namesHaveNumbersOfTheirOwn() {
        Set<Long> numbers = new HashSet<>(List.of(Counter.number("Aa"), Counter.number("BB"), Counter.number("")));
        for (int i = 0; i < 1000; i++) {
            numbers.add(Counter.number("layer." + i + ".weight"));
            numbers.add(Counter.number("layer." + i + ".bias"));
        }
        assertThat(numbers).hasSize(2003);
    }

    /** Without the key in the middle of the hash, each sequence would be a part of every other. */
    @Test
    void sequencesAreNotPartsOfEachOther() {
        long one = Counter.key(1);
        long other = one + (Counter.WEYL & 0xFFFF_FFFFL) + (1L << Integer.SIZE);
        int equal = 0;
        for (int place = 0; place < PLACES; place++) {
            equal += Counter.bits(one, place + 1) == Counter.bits(other, place) ? 1 : 0;
        }
        assertThat(equal).isZero();
    }
}
