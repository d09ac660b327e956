package org.thalweg.train.data;

/**
 * In which order a pass goes through examples, and which of each batch are one worker's. A batch is what lies between two places of
 * the pass, {@code from} and before {@code to}.
 */
public sealed interface Order {
    /** How many examples of a batch are this worker's. */
    int count(int from, int to);

    /**
     * The row of one of them.
     *
     * @param i from 0 to count-1
     */
    int row(int from, int to, int i);

    /**
     * One order of all rows. A worker takes a piece of each batch.
     *
     * @param rows all, in the order of the pass
     * @param share the worker's
     */
    @SuppressWarnings("ArrayRecordComponent") // lists would box every number
    record Cut(int[] rows, Share share) implements Order {
        @Override
        public int count(int from, int to) {
            return share.of(to - from);
        }

        @Override
        public int row(int from, int to, int i) {
            return rows[from + share.from(to - from) + i];
        }
    }

    /**
     * Places that go round among the workers: place p is worker p mod M's, who fills it with the next of its own rows. So each worker
     * has its part of every batch, whatever its size, and no two parts differ by more than one.
     *
     * @param rows this worker's, in its order of the pass
     * @param share which worker this is, of how many
     */
    @SuppressWarnings("ArrayRecordComponent") // lists would box every number
    record Dealt(int[] rows, Share share) implements Order {
        @Override
        public int count(int from, int to) {
            return share.dealt(to) - share.dealt(from);
        }

        @Override
        public int row(int from, int to, int i) {
            return share.rowOf(rows[share.dealt(from) + i]);
        }
    }
}
