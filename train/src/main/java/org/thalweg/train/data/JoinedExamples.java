package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Several sets of examples as one, in their order.
 *
 * @param parts at least one, all of one shape and task
 */
record JoinedExamples(List<Examples> parts) implements Examples {
    JoinedExamples {
        parts = List.copyOf(parts);
    }

    @Override
    public Shape shape() {
        return parts.getFirst().shape();
    }

    @Override
    public Task task() {
        return parts.getFirst().task();
    }

    @Override
    public int count() {
        return parts.stream().mapToInt(Examples::count).reduce(0, Math::addExact);
    }

    @Override
    public Examples raw() {
        return new JoinedExamples(parts.stream().map(Examples::raw).toList());
    }

    @Override
    public float brightest() {
        return (float) parts.stream().mapToDouble(Examples::brightest).max().orElseThrow();
    }

    @Override
    public void input(int row, MemorySegment slot) {
        Place place = place(row);
        place.part().input(place.row(), slot);
    }

    @Override
    public void target(int row, MemorySegment slot) {
        Place place = place(row);
        place.part().target(place.row(), slot);
    }

    @Override
    public Examples inEpoch(long seed, long epoch) {
        return new JoinedExamples(
                parts.stream().map(part -> part.inEpoch(seed, epoch)).toList());
    }

    private Place place(int row) {
        int rest = row;
        for (Examples part : parts) {
            if (rest < part.count()) {
                return new Place(part, rest);
            }
            rest -= part.count();
        }
        throw new IndexOutOfBoundsException("there is no example %d of %d".formatted(row, count()));
    }

    private record Place(Examples part, int row) {}
}
