package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Examples that are dealt out among workers like cards: row g is row g div M of worker g mod M. Only the worker's own can be copied.
 * In a pass each worker goes through its own in an order of its own, and takes every M-th place.
 *
 * @param own this worker's
 * @param share which worker this is, of how many
 * @param count of all
 * @param stamp what tells all of them from others
 * @param brightest the number that white has in all of them, where they are images
 */
record ShardedExamples(Examples own, Share share, int count, Optional<String> stamp, float brightest)
        implements Examples {
    @Override
    public Shape shape() {
        return own.shape();
    }

    @Override
    public Task task() {
        return own.task();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        own.input(ownRow(row), slot);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        own.target(ownRow(row), slot);
    }

    private int ownRow(int row) {
        if (row % share.pieces() != share.piece()) {
            throw new IllegalStateException("row %d lies with worker %d, and this is worker %d"
                    .formatted(row, row % share.pieces(), share.piece()));
        }
        return row / share.pieces();
    }

    @Override
    public Order order(IntFunction<int[]> permutation, Share taken) {
        if (!taken.equals(share)) {
            throw new IllegalStateException("worker %s holds no examples of worker %s".formatted(share, taken));
        }
        return new Order.Dealt(permutation.apply(own.count()), share);
    }

    @Override
    public Examples raw() {
        return new ShardedExamples(own.raw(), share, count, stamp, brightest);
    }
}
