package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of tensors cut into ranges, each within one tensor and, where asked, within one row, and the ranges gathered into
 * pieces of about equal work. Sums are over ranges of one length, whatever the number of threads and whatever stands beside
 * the tensor, so they always come in the same order. Where nothing is summed, ranges are as long as pieces: a long walk through
 * memory is some per cent faster than many short ones.
 */
final class Segments {
    /** The most elements of a range that is summed. */
    static final int BLOCK = 1 << 16;

    private static final int LARGEST_PIECE = 1 << 20;
    /** Pieces that a long list is cut into at least: enough for all threads to be done at about the same time. */
    private static final int LEAST_PIECES = 64;

    /** A range of elements. */
    record Segment(Tensor tensor, int row, long base, int count) {}

    private final List<Segment> segments = new ArrayList<>();
    private final List<Integer> pieceEnds = new ArrayList<>();

    private final int piece;
    private final int longest;

    /**
     * Cuts the tensors.
     *
     * @param summed whether each range gives a sum
     */
    Segments(List<Tensor> tensors, boolean byRows, boolean summed) {
        long elements = tensors.stream().mapToLong(Tensor::size).sum();
        this.piece = Math.clamp(Long.highestOneBit(elements / LEAST_PIECES), BLOCK, LARGEST_PIECE);
        this.longest = summed ? BLOCK : piece;
        for (Tensor tensor : tensors) {
            int rows = byRows ? tensor.rows() : 1;
            long length = tensor.size() / Math.max(1, rows); // an empty tensor may have no rows
            for (int row = 0; row < rows; row++) {
                cut(tensor, row, row * length, length);
            }
        }
        gather();
    }

    private void cut(Tensor tensor, int row, long start, long length) {
        for (long done = 0; done < length; done += longest) {
            segments.add(new Segment(tensor, row, start + done, (int) Math.min(longest, length - done)));
        }
    }

    private void gather() {
        int elements = 0;
        for (int i = 0; i < segments.size(); i++) {
            int count = segments.get(i).count();
            if (elements > 0 && elements + count > piece) {
                pieceEnds.add(i);
                elements = 0;
            }
            elements += count;
        }
        pieceEnds.add(segments.size());
    }

    int size() {
        return segments.size();
    }

    Segment get(int index) {
        return segments.get(index);
    }

    int pieces() {
        return pieceEnds.size();
    }

    int pieceStart(int piece) {
        return piece == 0 ? 0 : pieceEnds.get(piece - 1);
    }

    int pieceEnd(int piece) {
        return pieceEnds.get(piece);
    }
}
