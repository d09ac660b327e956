package org.thalweg.optim.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.random.Normal;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/** Processors have vectors of 4, 8 or 16 floats; a kernel gives the same bits on each, its sums included. */
class VectorWidthTest {
    private static final int ARRAYS = 12;
    private static final int COUNT = 77;
    private static final int SIZE = 120;

    private static final long[] KEYS = {0x5EED_0123_4567_89ABL, -7, 8};
    private static final float[] SPECIAL = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MAX_VALUE,
        Float.MIN_VALUE,
        -0f,
        Float.intBitsToFloat(0xFFFF_FFFF),
        Float.intBitsToFloat(0x7FFF_FFFF)
    };

    /** Where parameter, gradient and states may lie. */
    static List<List<Place>> places() {
        return List.of(
                places(Place.NATIVE, Place.NATIVE, Place.NATIVE),
                places(Place.HEAP, Place.HEAP, Place.NATIVE),
                places(Place.NATIVE, Place.HEAP, Place.NATIVE),
                places(Place.NATIVE, Place.NATIVE, Place.BFLOAT16),
                places(Place.HEAP, Place.HEAP, Place.BFLOAT16_STOCHASTIC));
    }

    private static List<Place> withNoise(List<Place> places, Graph graph, Place noise) {
        return IntStream.range(0, ARRAYS)
                .mapToObj(array -> graph.isNoise(array) ? noise : places.get(array))
                .toList();
    }

    private static List<Place> places(Place parameter, Place gradient, Place states) {
        List<Place> places = new ArrayList<>(Collections.nCopies(ARRAYS, states));
        places.set(Op.PARAMETER, parameter);
        places.set(Op.GRADIENT, gradient);
        return places;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void everyWidthGivesTheBitsOfOneElementAtATime(int width) {
        for (Rule rule : Rules.ready()) {
            Plan plan = Plan.of(rule.program(), true);
            for (Plan.Phase phase : plan.phases()) {
                for (List<Place> ofKept : places()) {
                    for (Place noise : List.of(Place.NOISE, Place.NOISE_ANYWHERE)) {
                        List<Place> places = withNoise(ofKept, plan.graph(), noise);
                        Kernel narrow = KernelCompiler.compile(phase.loop(), places, new ScalarLanes());
                        Kernel wide = KernelCompiler.compile(phase.loop(), places, new VectorLanes(width));
                        assertThat(run(wide, phase.loop(), places, false))
                                .as("%s %s %s", Rules.name(rule), places, phase.loop())
                                .isEqualTo(run(narrow, phase.loop(), places, false));
                    }
                }
            }
        }
    }

    /** Storing in two bytes keeps infinities, and every NaN a NaN. */
    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void everyWidthRoundsSpecialNumbersAlike(int width) {
        int state = Op.FIRST_STATE;
        Loop copy = new Loop(List.of(new Op.Load(Op.GRADIENT), new Op.Store(state, 0)), 0, 0);
        for (Place place : List.of(Place.BFLOAT16, Place.BFLOAT16_STOCHASTIC)) {
            List<Place> places = places(Place.NATIVE, Place.NATIVE, place);
            List<Double> wide = run(KernelCompiler.compile(copy, places, new VectorLanes(width)), copy, places, true);
            assertThat(wide)
                    .isEqualTo(run(KernelCompiler.compile(copy, places, new ScalarLanes()), copy, places, true))
                    .contains(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            List<Double> read = wide.subList(state * SIZE, state * SIZE + SIZE);
            List<Double> written = wide.subList(SIZE, 2 * SIZE);
            assertThat(IntStream.range(5, 5 + COUNT)
                            .filter(i -> written.get(i).isNaN() != read.get(i).isNaN()))
                    .isEmpty();
        }
    }

    /** The numbers of all arrays and all sums after a run over 77 elements of random arrays. */
    private static List<Double> run(Kernel kernel, Loop loop, List<Place> places, boolean special) {
        Random random = new Random(51);
        MemorySegment[] segments = new MemorySegment[ARRAYS];
        Object[] arrays = new Object[ARRAYS];
        for (int a = 0; a < ARRAYS; a++) {
            Place place = places.get(a);
            segments[a] = place == Place.HEAP
                    ? MemorySegment.ofArray(new float[SIZE])
                    : Arena.ofAuto().allocate((long) SIZE * place.bytes(), 4);
            arrays[a] = place == Place.HEAP ? segments[a].heapBase().orElseThrow() : segments[a];
            for (int i = 0; i < size(place); i++) {
                float number = (float) Math.abs(random.nextGaussian());
                write(segments[a], place, i, special && i % 9 == 8 ? SPECIAL[i / 9 % SPECIAL.length] : number);
            }
        }
        float[] slots = new float[loop.scalars()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = random.nextFloat();
        }
        double[] sums = new double[loop.sums() * Kernel.LANES];
        kernel.run(arrays, new long[ARRAYS], places.contains(Place.NOISE) ? Normal.BLOCK : 5, COUNT, slots, sums, KEYS);
        return DoubleStream.concat(
                        IntStream.range(0, ARRAYS)
                                .boxed()
                                .flatMapToDouble(a -> IntStream.range(0, size(places.get(a)))
                                        .mapToDouble(i -> read(segments[a], places.get(a), i))),
                        Arrays.stream(sums))
                .boxed()
                .toList();
    }

    private static int size(Place place) {
        return place.isNoise() ? 0 : SIZE;
    }

    private static void write(MemorySegment segment, Place place, int index, float number) {
        if (place.bytes() == Float.BYTES) {
            segment.setAtIndex(ValueLayout.JAVA_FLOAT, index, number);
        } else {
            BFloat16.store(segment, 2L * index, number);
        }
    }

    private static double read(MemorySegment segment, Place place, int index) {
        return place.bytes() == Float.BYTES
                ? segment.getAtIndex(ValueLayout.JAVA_FLOAT, index)
                : BFloat16.load(segment, 2L * index);
    }
}
