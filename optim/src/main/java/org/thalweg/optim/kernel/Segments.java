package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of tensors cut into ranges, each within one tensor and, where asked, within one row, and the ranges gathered into
 * pieces of about equal work. The cut depends on the shapes alone, never on the number of threads, so sums over ranges always
 * come in the same order.
 */
final class Segments {
    /** The most elements of one range, and about the number in one piece. */
    static final int BLOCK = 1 << 16;

    /** A range of elements. */
    record Segment(Tensor tensor, int row, long base, int count) {}

    private final List<Segment> segments = new ArrayList<>();
    private final List<Integer> pieceEnds = new ArrayList<>();

    Segments(List<Tensor> tensors, boolean byRows) {
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
        for (long done = 0; done < length; done += BLOCK) {
            segments.add(new Segment(tensor, row, start + done, (int) Math.min(BLOCK, length - done)));
        }
    }

    private void gather() {
        int elements = 0;
        for (int i = 0; i < segments.size(); i++) {
            int count = segments.get(i).count();
            if (elements > 0 && elements + count > BLOCK) {
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
