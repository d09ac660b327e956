package org.thalweg.optim.average;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.thalweg.optim.Parameter;

/** Weights that jump about: two tensors on the heap and one off it, of sizes that no vector divides. */
final class Weights {
    private static final int[] SIZES = {37, 6, 1029};

    private final Random random = new Random(5);
    private final List<Parameter> parameters = new ArrayList<>();

    Weights() {
        for (int i = 0; i < SIZES.length; i++) {
            MemorySegment memory = i == 2
                    ? Arena.ofAuto().allocate((long) SIZES[i] * Float.BYTES, Float.BYTES)
                    : MemorySegment.ofArray(new float[SIZES[i]]);
            parameters.add(Parameter.of("w" + i, memory, Optional::empty, SIZES[i]));
        }
        jump();
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** Draws all weights anew. */
    void jump() {
        for (Parameter parameter : parameters) {
            for (long i = 0; i < parameter.size(); i++) {
                parameter.value().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (1 + random.nextGaussian()));
            }
        }
    }

    /** Sets every weight to one number. */
    void fill(float number) {
        for (Parameter parameter : parameters) {
            for (long i = 0; i < parameter.size(); i++) {
                parameter.value().setAtIndex(ValueLayout.JAVA_FLOAT, i, number);
            }
        }
    }

    /** A copy of all weights, one after the other. */
    float[] copy() {
        int total = 0;
        for (int size : SIZES) {
            total += size;
        }
        float[] all = new float[total];
        int at = 0;
        for (Parameter parameter : parameters) {
            float[] values = parameter.value().toArray(ValueLayout.JAVA_FLOAT);
            System.arraycopy(values, 0, all, at, values.length);
            at += values.length;
        }
        return all;
    }
}
