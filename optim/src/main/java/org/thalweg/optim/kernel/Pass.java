package org.thalweg.optim.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.thalweg.optim.expr.Expr.Scope;

/** One phase over some tensors of a group: runs the kernel on every segment, then adds up what the segments summed. */
final class Pass implements Workers.Stage {
    private final TensorGroup group;
    private final int phase;
    private final List<Tensor> tensors;
    private final boolean byRows;
    private final Segments segments;
    private final int[] reductions;
    private final double[][] partials;
    private final boolean lastBeforeSumOverAll;

    /** @param lastBeforeSumOverAll whether the next phase waits for tensors beyond these */
    Pass(TensorGroup group, int phase, List<Tensor> tensors, boolean lastBeforeSumOverAll) {
        this.group = group;
        this.phase = phase;
        this.tensors = tensors;
        this.byRows = group.plan().byRows(phase);
        this.reductions = group.plan().phases().get(phase).reductions();
        this.segments = new Segments(tensors, byRows, reductions.length > 0);
        this.partials = new double[reductions.length][segments.size()];
        this.lastBeforeSumOverAll = lastBeforeSumOverAll;
    }

    @Override
    public int pieces() {
        return group.plan().phases().get(phase).loop().ops().isEmpty() ? 0 : segments.pieces();
    }

    @Override
    public void run(int piece) {
        double[] sums = new double[reductions.length * Kernel.LANES];
        for (int i = segments.pieceStart(piece); i < segments.pieceEnd(piece); i++) {
            Segments.Segment segment = segments.get(i);
            Tensor tensor = segment.tensor();
            if (tensor.isActive()) {
                float[] slots = byRows ? group.slotsOfRow(phase, tensor, segment.row()) : tensor.scalars[phase];
                tensor.run(phase, segment.base(), segment.count(), slots, sums);
            }
            drain(sums, i);
        }
    }

    /** Adds the lanes up in order, and leaves them at zero. */
    private void drain(double[] sums, int segment) {
        for (int r = 0; r < partials.length; r++) {
            double sum = 0;
            for (int lane = r * Kernel.LANES; lane < (r + 1) * Kernel.LANES; lane++) {
                sum += sums[lane];
                sums[lane] = 0;
            }
            partials[r][segment] = sum;
        }
    }

    @Override
    public void finish() {
        for (int r = 0; r < partials.length; r++) {
            int reduction = reductions[r];
            Scope scope = ((Op.Reduce) group.plan().graph().op(reduction)).scope();
            switch (scope) {
                case ROW -> addByRow(reduction, partials[r]);
                case TENSOR -> addByTensor(reduction, partials[r]);
                case ALL -> {
                    // The next phase waits for the other passes' sums too.
                }
            }
        }
        boolean more = phase + 1 < group.plan().phases().size();
        if (!more) {
            tensors.forEach(group::commitScalars);
        } else if (!lastBeforeSumOverAll) {
            tensors.forEach(tensor -> group.ready(phase + 1, tensor));
        }
    }

    /** Adds this pass's part of the sums over all parameters, by what is summed. */
    void addSumsOverAll(Map<String, Double> totals) {
        for (int r = 0; r < partials.length; r++) {
            Op.Reduce reduce = (Op.Reduce) group.plan().graph().op(reductions[r]);
            if (reduce.scope() == Scope.ALL) {
                double sum = DoubleStream.of(partials[r]).reduce(0, Double::sum);
                totals.merge(group.nameOfSum(reductions[r]), sum, Double::sum);
            }
        }
    }

    private void addByRow(int reduction, double[] sums) {
        for (Tensor tensor : tensors) {
            Arrays.fill(tensor.rowSums[reduction], 0);
        }
        for (int i = 0; i < sums.length; i++) {
            Segments.Segment segment = segments.get(i);
            segment.tensor().rowSums[reduction][segment.row()] += sums[i];
        }
    }

    private void addByTensor(int reduction, double[] sums) {
        tensors.forEach(tensor -> tensor.values[reduction] = 0);
        for (int i = 0; i < sums.length; i++) {
            segments.get(i).tensor().values[reduction] += sums[i];
        }
    }
}
