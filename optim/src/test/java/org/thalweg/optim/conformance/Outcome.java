package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a walk got to.
 *
 * @param tensors for each its value, then its states, then its scalar states as arrays of one number
 */
record Outcome(List<List<float[]>> tensors) {
    float[] value(int tensor) {
        return tensors.get(tensor).getFirst();
    }

    Outcome without(int tensor) {
        List<List<float[]>> others = new ArrayList<>(tensors);
        others.remove(tensor);
        return new Outcome(others);
    }

    /** A copy with zeros for some elements of one tensor and its states. */
    Outcome cleared(int tensor, int from, int to) {
        List<List<float[]>> copy = new ArrayList<>(tensors);
        copy.set(tensor, tensors.get(tensor).stream().map(float[]::clone).toList());
        copy.get(tensor).stream().filter(array -> array.length >= to).forEach(array -> Arrays.fill(array, from, to, 0));
        return new Outcome(copy);
    }

    Outcome only(int tensor) {
        return new Outcome(List.of(tensors.get(tensor)));
    }

    /** The same bits in every value and state; NaNs are all the same. */
    void mustEqual(Outcome other) {
        assertThat(tensors).hasSameSizeAs(other.tensors);
        for (int t = 0; t < tensors.size(); t++) {
            assertThat(tensors.get(t)).hasSameSizeAs(other.tensors.get(t));
            for (int a = 0; a < tensors.get(t).size(); a++) {
                float[] mine = tensors.get(t).get(a);
                float[] others = other.tensors.get(t).get(a);
                int at = Arrays.mismatch(mine, others); // by Float.compare
                assertThat(at)
                        .withFailMessage(
                                "tensor %d of %d elements, array %d differs at element %d: %s and %s",
                                t, mine.length, a, at, at < 0 ? "" : mine[at], at < 0 ? "" : others[at])
                        .isNegative();
            }
        }
    }

    /** Every value as in the interpreter, to a tolerance relative to the largest number, at least 1. */
    void mustBeNear(Reference reference, double tolerance) {
        for (int t = 0; t < tensors.size(); t++) {
            List<double[]> expected = reference.arrays(t);
            for (int a = 0; a < expected.size(); a++) {
                assertNear(
                        tensors.get(t).get(a),
                        expected.get(a),
                        tolerance,
                        largest(expected.get(a)),
                        "tensor " + t + " array " + a);
            }
        }
    }

    private static double largest(double[] numbers) {
        return Arrays.stream(numbers)
                .map(Math::abs)
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }

    /** @param largest what the tolerance is relative to, if it is above 1 */
    static void assertNear(float[] actual, double[] expected, double tolerance, double largest, String what) {
        double scale = Math.max(1, largest);
        assertThat(actual).hasSize(expected.length);
        for (int i = 0; i < actual.length; i++) {
            int at = i;
            assertThat(near(actual[i], expected[i], tolerance * scale))
                    .withFailMessage(() -> "%s of %d elements: element %d is %s, not %s"
                            .formatted(what, actual.length, at, actual[at], expected[at]))
                    .isTrue();
        }
    }

    private static boolean near(float actual, double expected, double allowed) {
        if (Double.isNaN(expected) || Double.isInfinite(expected) || (expected == 0 && actual == 0)) {
            return Double.compare(actual, expected) == 0;
        }
        return Math.abs(actual - expected) <= allowed;
    }
}
