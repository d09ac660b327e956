package org.thalweg.optim;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.optim.kernel.Storage;

/**
 * How state is stored between steps. Two bytes a number halve the memory that state takes; every rule has them, because they
 * are no part of a rule. Arithmetic is float32 in every format: state is widened when it is read and rounded when it is
 * written. Parameters and gradients stay float32, numbers of a tensor as a whole double.
 */
public enum StateFormat {
    /** Four bytes; nothing is lost. */
    FLOAT32(Storage.FLOAT32),
    /**
     * Two bytes: float32's range with 8 bits of precision, rounded to the nearest. An average that changes by less than
     * one part in 256 a step, as Adam's second moment does with beta2 of 0.999, may stand still.
     */
    BFLOAT16(Storage.BFLOAT16),
    /**
     * Two bytes, rounded up or down at random so that the expectation is exact and slow averages move. The random numbers
     * depend on step, parameter and element alone: the same for any number of threads, and after a resume.
     */
    BFLOAT16_STOCHASTIC(Storage.BFLOAT16_STOCHASTIC);

    private final Storage storage;

    StateFormat(Storage storage) {
        this.storage = storage;
    }

    Storage storage() {
        return storage;
    }

    /** Bytes of one number. */
    public int bytes() {
        return storage.bytes();
    }

    /** The name on the command line and in files, such as {@code bfloat16-stochastic}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a name as {@link #toString} writes it.
     *
     * @throws IllegalArgumentException if there is no such format
     */
    public static StateFormat parse(String text) {
        return Stream.of(values())
                .filter(format -> format.toString().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no state format '%s'; choose one of %s"
                        .formatted(
                                text,
                                Stream.of(values()).map(StateFormat::toString).collect(Collectors.joining(", ")))));
    }
}
