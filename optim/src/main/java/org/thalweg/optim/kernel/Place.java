package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where an array of a kernel lies, and how its numbers are stored there. */
enum Place {
    /** A {@code float[]}. */
    HEAP(Float.BYTES),
    /** float32 in a native segment. */
    NATIVE(Float.BYTES),
    /** bfloat16 in a native segment, rounded to the nearest when written. */
    BFLOAT16(Short.BYTES),
    /** bfloat16 in a native segment, rounded at random when written. */
    BFLOAT16_STOCHASTIC(Short.BYTES),
    /** Nowhere: normal numbers, made where they are read; ranges start where a block of pairs does. */
    NOISE(0),
    /** The same for ranges that start anywhere, such as rows. */
    NOISE_ANYWHERE(0);

    private final int bytes;

    Place(int bytes) {
        this.bytes = bytes;
    }

    /** How native memory of that storage is seen. */
    static Place ofNative(Storage storage) {
        return switch (storage) {
            case FLOAT32 -> NATIVE;
            case BFLOAT16 -> BFLOAT16;
            case BFLOAT16_STOCHASTIC -> BFLOAT16_STOCHASTIC;
        };
    }

    /**
     * The places of a tensor's arrays where all lie off the heap: parameter, gradient, states, the parameter's rounded copy
     * if there is one, and noises.
     */
    static List<Place> allNative(Storage gradient, int states, Storage ofStates, boolean roundedCopy, int noises) {
        List<Place> places = new ArrayList<>(List.of(NATIVE, ofNative(gradient)));
        places.addAll(Collections.nCopies(states, ofNative(ofStates)));
        if (roundedCopy) {
            places.add(BFLOAT16);
        }
        places.addAll(Collections.nCopies(noises, NOISE));
        return places;
    }

    boolean isNoise() {
        return this == NOISE || this == NOISE_ANYWHERE;
    }

    /** Bytes of one number. */
    int bytes() {
        return bytes;
    }

    /** How far to shift a number's index left for its place in bytes. */
    int shift() {
        return Integer.numberOfTrailingZeros(bytes);
    }
}
