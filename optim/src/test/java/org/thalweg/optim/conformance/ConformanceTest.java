package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thalweg.optim.conformance.Walk.SCALAR;
import static org.thalweg.optim.conformance.Walk.VECTOR;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.Cost;
import org.thalweg.optim.Execution;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;

/** Every row of the table: right, in every width, place and number of threads. */
class ConformanceTest {
    private static final Course EVERY_LENGTH =
            Course.random(1, 3, Course.vectors(IntStream.rangeClosed(1, 130).toArray()));

    /** Around a block's 65,536 elements; rows shorter and longer than one. */
    private static final Course LARGE = Course.random(2, 2, shapes());

    private static final Course SMALL =
            Course.random(3, 10, List.of(new long[] {37}, new long[] {5, 33}, new long[] {2, 3, 7}, new long[] {1}));

    private static List<long[]> shapes() {
        List<long[]> shapes = Course.vectors(255, 1000, 4097, 65_535, 65_536, 65_537, 200_003);
        shapes.add(new long[] {300, 33});
        shapes.add(new long[] {2, 3, 11_003});
        return shapes;
    }

    static List<Conformance> table() {
        return Conformance.table();
    }

    @Test
    void everyReadyRuleAndEveryRuleOfPyTorchHasARow() {
        List<Rule> rules = table().stream().map(Conformance::rule).toList();
        assertThat(rules).doesNotHaveDuplicates().containsAll(Rules.ready()).containsAll(Trajectory.torchRules());
    }

    @ParameterizedTest
    @MethodSource("table")
    void kernelsFollowTheOracle(Conformance row) {
        List<Trajectory> trajectories = row.oracle().of(row.rule());
        assertThat(trajectories).isNotEmpty();
        for (Trajectory trajectory : trajectories) {
            for (Execution execution : List.of(SCALAR, VECTOR)) {
                follow(row, trajectory, execution);
            }
        }
    }

    private static void follow(Conformance row, Trajectory trajectory, Execution execution) {
        assertThat(trajectory.course().steps()).isEqualTo(50);
        double[] largest = new double[trajectory.course().initial().length];
        try (Walk walk = new Walk(trajectory.course(), execution, row.rule())) {
            for (int step = 0; step < 50; step++) {
                Outcome outcome = walk.steps(1);
                for (int t = 0; t < largest.length; t++) {
                    double[] expected = trajectory.values()[step][t];
                    largest[t] = Math.max(
                            largest[t],
                            Arrays.stream(expected).map(Math::abs).max().orElse(0));
                    Outcome.assertNear(
                            outcome.value(t),
                            expected,
                            Conformance.TOLERANCE,
                            largest[t],
                            "after step %d tensor %d".formatted(step, t));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void widthsAgreeAtEveryLength(Conformance row) {
        agree(EVERY_LENGTH, row.rule());
        agree(LARGE, row.rule());
    }

    private static void agree(Course course, Rule rule) {
        Outcome scalar = Walk.along(course, SCALAR, rule);
        scalar.mustEqual(Walk.along(course, VECTOR, rule));
        scalar.mustBeNear(Reference.along(course, rule), Conformance.TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("table")
    void memoryDoesNotMatter(Conformance row) {
        Outcome heap = Walk.along(SMALL, VECTOR, Memory.HEAP, row.rule());
        for (Memory memory : Memory.values()) {
            for (Execution execution : List.of(SCALAR, VECTOR)) {
                Walk.along(SMALL, execution, memory, row.rule()).mustEqual(heap);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void threadsDoNotMatter(Conformance row) {
        Outcome alone = Walk.along(LARGE, VECTOR, row.rule());
        for (int threads : List.of(2, 3)) {
            Execution execution = new Execution(threads, Execution.Kernels.VECTOR);
            Walk.along(LARGE, execution, row.rule()).mustEqual(alone);
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void goesOnFromASavedStateWithTheSameBits(Conformance row) {
        try (Walk straight = new Walk(SMALL, VECTOR, row.rule());
                Walk first = new Walk(SMALL, VECTOR, row.rule())) {
            first.steps(5);
            OptimizerState saved = first.optimizer().state();
            try (Walk second = new Walk(SMALL.from(first.outcome()), VECTOR, row.rule())) {
                first.steps(1);
                second.optimizer().restore(saved);
                second.toEnd().mustEqual(straight.toEnd());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void scheduledHyperparametersAreTheInterpretersOwn(Conformance row) {
        Reference reference = new Reference(
                SMALL, row.rule(), (hyper, step) -> scheduled(hyper.value()).at(step));
        try (Walk walk = new Walk(SMALL, VECTOR, row.rule())) {
            row.rule()
                    .program()
                    .hypers()
                    .forEach(hyper -> walk.optimizer().schedule(hyper.name(), scheduled(hyper.value())));
            walk.toEnd().mustBeNear(reference.toEnd(), Conformance.TOLERANCE);
        }
    }

    private static Schedule scheduled(double value) {
        return step -> value * (0.9 + 0.05 * (step % 3));
    }

    @ParameterizedTest
    @MethodSource("table")
    void aMissingGradientLeavesParameterAndStateAlone(Conformance row) {
        Course missing = SMALL.missing(4, 1);
        try (Walk walk = new Walk(missing, VECTOR, row.rule())) {
            Outcome before = walk.steps(4);
            Outcome after = walk.steps(1);
            after.only(1).mustEqual(before.only(1));
            walk.toEnd().mustBeNear(Reference.along(missing, row.rule()), Conformance.TOLERANCE);
        }
        Course never = IntStream.range(0, SMALL.steps()).boxed().reduce(SMALL, (c, s) -> c.missing(s, 1), (a, _) -> a);
        Walk.along(never, VECTOR, row.rule()).without(1).mustEqual(Walk.along(SMALL.without(1), VECTOR, row.rule()));
    }

    @ParameterizedTest
    @MethodSource("table")
    void theRateMultiplierMultipliesTheRate(Conformance row) {
        Course faster = SMALL.copy();
        Arrays.setAll(faster.rates(), step -> 3 * SMALL.rates()[step]);
        try (Walk walk =
                new Walk(SMALL, VECTOR, Memory.HEAP, all -> List.of(new ParameterGroup("fast", row.rule(), 3, all)))) {
            walk.toEnd().mustEqual(Walk.along(faster, VECTOR, row.rule()));
        }
    }

    static Stream<Arguments> descents() {
        return table().stream()
                .flatMap(row -> row.descents().all().stream().map(descent -> Arguments.of(row, descent)));
    }

    @Test
    void everyRowHasEveryProblem() {
        assertThat(table())
                .allSatisfy(row -> assertThat(row.descents().all())
                        .extracting(Descent::toString)
                        .containsExactly("Quadratic", "Rosenbrock", "LogisticRegression"));
    }

    @ParameterizedTest
    @MethodSource("descents")
    void converges(Conformance row, Descent descent) {
        assertThat(descent.leftBy(row.rule())).as(descent.reason()).isLessThan(descent.left());
    }

    @ParameterizedTest
    @MethodSource("table")
    void movesTheBytesThatItMust(Conformance row) {
        assertThat(Cost.of(row.rule()).bytesPerParameter()).isEqualTo(row.bytes());
    }
}
