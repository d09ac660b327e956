package org.thalweg.train.data;

import java.util.stream.LongStream;

/**
 * A worker's share of each batch: one of several pieces, whose sizes differ by one example at most.
 *
 * @param piece from 0
 * @param pieces at least 1
 */
public record Share(int piece, int pieces) {
    /** All of it. */
    public static final Share WHOLE = new Share(0, 1);

    public Share {
        if (pieces < 1 || piece < 0 || piece >= pieces) {
            throw new IllegalArgumentException("there is no piece %d of %d".formatted(piece, pieces));
        }
    }

    /** How long all pieces of so many numbers are. */
    public long[] lengths(long numbers) {
        return LongStream.range(0, pieces)
                .map(number -> numbers * (number + 1) / pieces - numbers * number / pieces)
                .toArray();
    }

    /** Where it begins among so many examples. */
    int from(int examples) {
        return (int) ((long) examples * piece / pieces);
    }

    /** How many of so many examples it has; none where there are fewer than pieces, perhaps. */
    int of(int examples) {
        return (int) ((long) examples * (piece + 1) / pieces) - from(examples);
    }

    /** How many of the first so many places are its own, if places go round: p is piece p mod M's. */
    int dealt(int places) {
        return (int) (((long) places - piece + pieces - 1) / pieces);
    }

    /** The number among all of its row, if rows were dealt round. */
    int rowOf(int own) {
        return own * pieces + piece;
    }

    /** The most that any piece of so many examples has. */
    int largest(int examples) {
        return Math.ceilDiv(examples, pieces);
    }
}
