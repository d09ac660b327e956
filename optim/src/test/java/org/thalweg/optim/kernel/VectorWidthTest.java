package org.thalweg.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/** Processors have vectors of 4, 8 or 16 floats; a kernel gives the same bits on each, its sums included. */
class VectorWidthTest {
    private static final int ARRAYS = 12;
    private static final int COUNT = 77;

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void everyWidthGivesTheBitsOfOneElementAtATime(int width) {
        for (Rule rule : Rules.ready()) {
            for (Plan.Phase phase : Plan.of(rule.program()).phases()) {
                for (Set<Integer> heap : List.of(Set.<Integer>of(), Set.of(0, 1), Set.of(1))) {
                    Kernel narrow = KernelCompiler.compile(phase.loop(), heap, new ScalarLanes());
                    Kernel wide = KernelCompiler.compile(phase.loop(), heap, new VectorLanes(width));
                    assertThat(run(wide, phase.loop(), heap))
                            .as("%s %s", Rules.name(rule), phase.loop())
                            .isEqualTo(run(narrow, phase.loop(), heap));
                }
            }
        }
    }

    /** The numbers of all arrays and all sums after a run over elements 5 to 81 of random arrays. */
    private static List<Double> run(Kernel kernel, Loop loop, Set<Integer> heap) {
        Random random = new Random(51);
        float[][] numbers = new float[ARRAYS][100];
        MemorySegment[] segments = new MemorySegment[ARRAYS];
        Object[] arrays = new Object[ARRAYS];
        for (int a = 0; a < ARRAYS; a++) {
            for (int i = 0; i < numbers[a].length; i++) {
                numbers[a][i] = (float) Math.abs(random.nextGaussian());
            }
            MemorySegment onHeap = MemorySegment.ofArray(numbers[a]);
            segments[a] =
                    heap.contains(a) ? onHeap : Arena.ofAuto().allocate(400, 4).copyFrom(onHeap);
            arrays[a] = heap.contains(a) ? numbers[a] : segments[a];
        }
        float[] slots = new float[loop.scalars()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = random.nextFloat();
        }
        double[] sums = new double[loop.sums() * Kernel.LANES];
        kernel.run(arrays, new long[ARRAYS], 5, COUNT, slots, sums);
        return DoubleStream.concat(
                        Arrays.stream(segments)
                                .flatMapToDouble(segment -> IntStream.range(0, 100)
                                        .mapToDouble(i -> segment.getAtIndex(ValueLayout.JAVA_FLOAT, i))),
                        Arrays.stream(sums))
                .boxed()
                .toList();
    }
}
