package org.thalweg.train.model.foreign;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Tensors;

/**
 * A batch normalisation inside a foreign module: buffers called {@code running_mean} and {@code running_var} that training
 * moves.
 *
 * @param mean float32, one for each channel
 * @param variance the same
 * @param batches how many batches have been taken in, if that is counted
 * @param momentum the weight of a new batch in them, as it was measured
 */
public record ForeignStatistics(
        MemorySegment mean, MemorySegment variance, Optional<MemorySegment> batches, double momentum) {
    private static final String MEAN = "running_mean";

    /**
     * Those of a module, found by what it does in training to averages of zero and of one.
     *
     * @throws IllegalArgumentException if its batch normalisation does not go by the mode, as in a module that was traced
     */
    public static List<ForeignStatistics> of(Foreign foreign, Shape input) {
        List<ForeignStatistics> found = found(foreign.state());
        if (found.isEmpty()) {
            return found;
        }
        List<MemorySegment> memory =
                foreign.state().values().stream().map(Tensors::segment).toList();
        List<byte[]> saved = memory.stream()
                .map(segment -> segment.toArray(ValueLayout.JAVA_BYTE))
                .toList();
        try {
            return measured(foreign, input, found);
        } finally {
            for (int i = 0; i < memory.size(); i++) {
                memory.get(i).copyFrom(MemorySegment.ofArray(saved.get(i)));
            }
        }
    }

    private static List<ForeignStatistics> found(SequencedMap<String, Tensor> state) {
        List<ForeignStatistics> found = new ArrayList<>();
        state.forEach((name, mean) -> {
            String prefix = name.substring(0, Math.max(0, name.length() - MEAN.length()));
            Optional<Tensor> variance = Optional.ofNullable(state.get(prefix + "running_var"));
            if (name.equals(prefix + MEAN) && variance.isPresent()) {
                found.add(new ForeignStatistics(
                        Tensors.segment(mean),
                        Tensors.segment(variance.get()),
                        Optional.ofNullable(state.get(prefix + "num_batches_tracked"))
                                .map(Tensors::segment),
                        1));
            }
        });
        return found;
    }

    private static List<ForeignStatistics> measured(Foreign foreign, Shape input, List<ForeignStatistics> found) {
        List<double[]> fromZero = after(foreign, input, found, 0, true);
        List<double[]> fromOne = after(foreign, input, found, 1, true);
        List<double[]> untrained = after(foreign, input, found, 1, false);
        List<ForeignStatistics> measured = new ArrayList<>();
        boolean followsMode = true;
        for (int i = 0; i < found.size(); i++) {
            double momentum = 1 - meanDifference(fromOne.get(i), fromZero.get(i));
            followsMode &= meanDifference(untrained.get(i), fromZero.get(i))
                    != meanDifference(fromOne.get(i), fromZero.get(i));
            if (momentum > 0) {
                measured.add(found.get(i).with(momentum));
            }
        }
        if (measured.isEmpty() || !followsMode) {
            throw new IllegalArgumentException("its batch normalisation is the same in training and evaluation, as in a"
                    + " module that was traced; export it with torch.jit.script(model) instead");
        }
        return measured;
    }

    private ForeignStatistics with(double measured) {
        return new ForeignStatistics(mean, variance, batches, measured);
    }

    /** The means after one batch that began from the given ones, with no batches counted. */
    private static List<double[]> after(
            Foreign foreign, Shape input, List<ForeignStatistics> found, float start, boolean training) {
        for (ForeignStatistics one : found) {
            for (long i = 0; i < one.mean.byteSize() / Float.BYTES; i++) {
                one.mean.setAtIndex(ValueLayout.JAVA_FLOAT, i, start);
            }
            one.batches.ifPresent(segment -> segment.fill((byte) 0));
        }
        try (PointerScope _ = new PointerScope()) {
            Probe.forward(foreign, input, training);
        }
        return found.stream().map(one -> doubles(one.mean)).toList();
    }

    private static double[] doubles(MemorySegment segment) {
        float[] floats = segment.toArray(ValueLayout.JAVA_FLOAT);
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static double meanDifference(double[] above, double[] below) {
        double sum = 0;
        for (int i = 0; i < above.length; i++) {
            sum += above[i] - below[i];
        }
        return sum / above.length;
    }
}
