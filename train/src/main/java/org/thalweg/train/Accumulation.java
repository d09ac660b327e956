package org.thalweg.train;

import java.util.stream.IntStream;

/**
 * In how many equal parts a batch goes through the network; the update is that of the whole batch, but for batch normalisation,
 * which sees one part at a time. It follows a schedule of batch sizes: as a batch grows beyond what fits, its parts become more.
 *
 * @param parts at least, 1 or more
 * @param largest examples in a part at most; 0 for any number
 */
public record Accumulation(int parts, int largest) {
    /** All at once. */
    public static final Accumulation WHOLE = new Accumulation(1, 0);

    public Accumulation {
        if (parts < 1) {
            throw new IllegalArgumentException("a batch goes through in at least 1 part, not " + parts);
        }
        if (largest < 0) {
            throw new IllegalArgumentException(
                    "a part of a batch has at least 1 example, or any number (0), not " + largest);
        }
    }

    /** The parts of a batch of so many examples. */
    public int of(int examples) {
        return largest == 0 ? parts : Math.max(parts, Math.ceilDiv(examples, largest));
    }

    /** Examples in the smallest part of any batch from one size to another. */
    int smallestPart(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .map(examples -> examples / of(examples))
                .min()
                .orElse(from);
    }
}
