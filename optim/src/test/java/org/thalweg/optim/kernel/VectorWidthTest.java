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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/** Processors have vectors of 4, 8 or 16 floats; a kernel gives the same bits on each, its sums included. */
class VectorWidthTest {
    private static final int ARRAYS = 12;
    private static final int COUNT = 77;
    private static final List<List<Place>> PLACES = List.of(
            places(Place.NATIVE, Place.NATIVE, Place.NATIVE),
            places(Place.HEAP, Place.HEAP, Place.NATIVE),
            places(Place.NATIVE, Place.HEAP, Place.BFLOAT16),
            places(Place.HEAP, Place.NATIVE, Place.BFLOAT16_STOCHASTIC));
    private static final long[] KEYS = keys();

    private static List<Place> places(Place parameter, Place gradient, Place states) {
        List<Place> places = new ArrayList<>(Collections.nCopies(ARRAYS, states));
        places.set(Op.PARAMETER, parameter);
        places.set(Op.GRADIENT, gradient);
        return places;
    }

    /** For states that are rounded at random; parameter and gradient start where their arrays do. */
    private static long[] keys() {
        long[] keys = new long[ARRAYS];
        for (int array = Op.FIRST_STATE; array < ARRAYS; array++) {
            keys[array] = 0x1234_5678L * array;
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16})
    void everyWidthGivesTheBitsOfOneElementAtATime(int width) {
        for (Rule rule : Rules.ready()) {
            for (Plan.Phase phase : Plan.of(rule.program()).phases()) {
                for (List<Place> places : PLACES) {
                    Kernel narrow = KernelCompiler.compile(phase.loop(), places, new ScalarLanes());
                    Kernel wide = KernelCompiler.compile(phase.loop(), places, new VectorLanes(width));
                    assertThat(run(wide, phase.loop(), places))
                            .as("%s %s %s", Rules.name(rule), phase.loop(), places)
                            .isEqualTo(run(narrow, phase.loop(), places));
                }
            }
        }
    }

    /** The bytes of all arrays and all sums after a run over elements 5 to 81 of random arrays. */
    private static List<Object> run(Kernel kernel, Loop loop, List<Place> places) {
        Random random = new Random(51);
        MemorySegment[] segments = new MemorySegment[ARRAYS];
        Object[] arrays = new Object[ARRAYS];
        for (int a = 0; a < ARRAYS; a++) {
            float[] numbers = new float[100];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) Math.abs(random.nextGaussian());
            }
            segments[a] = places.get(a) == Place.HEAP ? MemorySegment.ofArray(numbers) : stored(numbers, places.get(a));
            arrays[a] = places.get(a) == Place.HEAP ? numbers : segments[a];
        }
        float[] slots = new float[loop.scalars()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = random.nextFloat();
        }
        double[] sums = new double[loop.sums() * Kernel.LANES];
        kernel.run(arrays, KEYS, 5, COUNT, slots, sums);
        List<Object> outcome = new ArrayList<>();
        for (MemorySegment segment : segments) {
            outcome.add(Arrays.toString(segment.toArray(ValueLayout.JAVA_BYTE)));
        }
        DoubleStream.of(sums).forEach(outcome::add);
        return outcome;
    }

    private static MemorySegment stored(float[] numbers, Place place) {
        MemorySegment segment = Arena.ofAuto().allocate((long) numbers.length * place.bytes(), Float.BYTES);
        for (int i = 0; i < numbers.length; i++) {
            if (place == Place.NATIVE) {
                segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, numbers[i]);
            } else {
                segment.setAtIndex(ValueLayout.JAVA_SHORT, i, BFloat16.nearest(numbers[i]));
            }
        }
        return segment;
    }
}
