package org.thalweg.optim.conformance;

import java.util.List;
import java.util.stream.Stream;
import org.thalweg.optim.conformance.Trajectory.Oracle;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/**
 * One row for each ready rule, variant and composition: all that the tests know of it.
 *
 * @param rule what is tested
 * @param bytes moved for each parameter in one step
 * @param reach how far one element's gradient is felt
 * @param descents how it gets to the minimum of each problem
 * @param oracle where it must get to
 * @param extremes what becomes of infinities and of the smallest numbers
 */
record Conformance(Rule rule, int bytes, Reach reach, Descents descents, Oracle oracle, Extremes extremes) {
    /** How near the kernels stay to the oracle, relative to the largest parameter so far, at least 1. */
    static final double TOLERANCE = 1e-6;

    static Conformance row(String rule, int bytes, Reach reach, Descents descents, Oracle oracle) {
        return new Conformance(Rules.parse(rule), bytes, reach, descents, oracle, Extremes.FELT);
    }

    Conformance with(Extremes extremes) {
        return new Conformance(rule, bytes, reach, descents, oracle, extremes);
    }

    static List<Conformance> table() {
        return Stream.of(
                        PlainRows.rows(), AdaptiveRows.rows(), LaterRows.rows(), LayerwiseRows.rows(), NoiseRows.rows())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public String toString() {
        return Rules.format(rule);
    }
}
