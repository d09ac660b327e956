package org.thalweg.optim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * Steps of an optimizer that are left out as a whole where a gradient is not finite: no parameter, no state and no count of
 * steps changes then.
 */
public final class FiniteSteps {
    private static final int EXPONENT = 0x7F800000;

    private final Optimizer optimizer;
    private final List<Parameter> parameters;
    private long skipped;

    /** @param parameters the optimizer's */
    public FiniteSteps(Optimizer optimizer, List<Parameter> parameters) {
        this.optimizer = optimizer;
        this.parameters = List.copyOf(parameters);
    }

    /**
     * Makes a step if all gradients are finite, and counts one that is skipped otherwise.
     *
     * @return whether it made the step
     */
    public boolean step() {
        if (firstNonFinite(parameters).isPresent()) {
            skipped++;
            return false;
        }
        optimizer.step();
        return true;
    }

    /** Steps that were left out. */
    public long skipped() {
        return skipped;
    }

    /** The first of the parameters whose gradient is not finite, if any is. */
    public static Optional<Parameter> firstNonFinite(List<Parameter> parameters) {
        return parameters.stream()
                .filter(parameter -> parameter
                        .gradient()
                        .filter(gradient -> !isFinite(parameter.gradientPrecision(), gradient))
                        .isPresent())
                .findFirst();
    }

    /** Whether all numbers are finite: those that are not have all bits of the exponent set. */
    static boolean isFinite(Precision precision, MemorySegment numbers) {
        return switch (precision) {
            case FLOAT32 -> areFinite(numbers);
            case BFLOAT16 -> areUpperHalvesFinite(numbers);
        };
    }

    private static boolean areUpperHalvesFinite(MemorySegment numbers) {
        long count = numbers.byteSize() / Short.BYTES;
        int largest = 0;
        for (long i = 0; i < count; i++) {
            int bits = numbers.getAtIndex(ValueLayout.JAVA_SHORT, i);
            largest = Math.max(largest, bits << Short.SIZE & EXPONENT);
        }
        return largest != EXPONENT;
    }

    private static boolean areFinite(MemorySegment numbers) {
        long count = numbers.byteSize() / Float.BYTES;
        int largest = 0;
        for (long i = 0; i < count; i++) {
            largest = Math.max(largest, numbers.getAtIndex(ValueLayout.JAVA_INT, i) & EXPONENT);
        }
        return largest != EXPONENT;
    }
}
