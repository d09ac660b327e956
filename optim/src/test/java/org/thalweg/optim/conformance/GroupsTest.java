package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.Paper.addWeights;
import static org.thalweg.optim.conformance.Paper.clipByGlobalNorm;
import static org.thalweg.optim.conformance.Walk.VECTOR;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.ClipByGlobalNorm;
import org.thalweg.optim.rule.L2;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/** Groups are like optimizers of their own, but for sums over all parameters, which run over all of them. */
class GroupsTest {
    private static final Course COURSE = Course.random(31, 10, List.of(new long[] {37}, new long[] {5, 33}));

    static List<Conformance> separable() {
        return Conformance.table().stream()
                .filter(row -> row.reach() != Reach.ALL)
                .toList();
    }

    private static Outcome together(Rule first, Rule second) {
        try (Walk walk = new Walk(
                COURSE,
                VECTOR,
                Memory.HEAP,
                all -> List.of(
                        new ParameterGroup("first", first, List.of(all.get(0))),
                        new ParameterGroup("second", second, 1, List.of(all.get(1)))))) {
            return walk.toEnd();
        }
    }

    @ParameterizedTest
    @MethodSource("separable")
    void groupsEqualOptimizersOfTheirOwn(Conformance row) {
        Rule other = new Adam(0.8, 0.99, 1e-4);
        Outcome together = together(row.rule(), other);
        together.without(1).mustEqual(Walk.along(COURSE.without(1), VECTOR, row.rule()));
        together.without(0).mustEqual(Walk.along(COURSE.without(0), VECTOR, other));
    }

    /** {@code g + decay p} of each group, clipped by the norm of both: by the paper's loop. */
    @ParameterizedTest
    @CsvSource({"0, 0, 0.5, 0.5", "0.3, 0.001, 0.5, 2"})
    void theGlobalNormRunsOverAllGroups(double decay1, double decay2, double most1, double most2) {
        Outcome together = together(clipped(decay1, most1), clipped(decay2, most2));
        Paper paper = (all, rate, t) -> {
            addWeights(decay1).run(all.subList(0, 1), rate, t);
            addWeights(decay2).run(all.subList(1, 2), rate, t);
            double[][] before = all.stream().map(w -> w.u().clone()).toArray(double[][]::new);
            clipByGlobalNorm(most1, 1e-6).then(descend(0)).run(all, rate, t);
            System.arraycopy(before[0], 0, all.get(0).u(), 0, before[0].length);
            System.arraycopy(before[1], 0, all.get(1).u(), 0, before[1].length);
            clipByGlobalNorm(most2, 1e-6).then(descend(1)).run(all, rate, t);
        };
        double[][] expected = Trajectory.follow(COURSE, paper).values()[COURSE.steps() - 1];
        for (int t = 0; t < expected.length; t++) {
            Outcome.assertNear(together.value(t), expected[t], Conformance.TOLERANCE, 1, "tensor " + t);
        }
    }

    private static Rule clipped(double decay, double most) {
        return new L2(decay).then(new ClipByGlobalNorm(most));
    }

    private static Paper descend(int tensor) {
        return (all, rate, t) -> Paper.descend().run(all.subList(tensor, tensor + 1), rate, t);
    }

    @Test
    void theSameRuleInTwoGroupsIsTheSameRuleInOne() {
        Rule rule = Rules.parse("l2:decay=0.1 + clip-by-global-norm + l2:decay=0.2 + clip-by-global-norm + adam");
        together(rule, rule).mustEqual(Walk.along(COURSE, VECTOR, rule));
    }
}
