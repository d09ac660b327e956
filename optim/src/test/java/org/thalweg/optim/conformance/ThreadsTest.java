package org.thalweg.optim.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thalweg.optim.conformance.Walk.VECTOR;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Lamb;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;

class ThreadsTest {
    private static final Execution TWO = new Execution(2, Execution.Kernels.VECTOR);

    @Test
    void optimizersMayStepAtTheSameTime() throws Exception {
        Rule rule = Rules.parse("clip-by-global-norm + lamb");
        Course course = Course.random(41, 30, Course.vectors(70_001, 33, 1));
        Outcome alone = Walk.along(course, VECTOR, rule);
        List<Future<Outcome>> others = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 3; i++) {
                others.add(threads.submit(() -> Walk.along(course, TWO, rule)));
            }
        }
        for (Future<Outcome> other : others) {
            other.get().mustEqual(alone);
        }
    }

    @Test
    void anOptimizerMayBeHandedOn() throws Exception {
        Course course = Course.random(42, 6, Course.vectors(1000, 33));
        try (Walk walk = new Walk(course, TWO, new Lamb());
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < course.steps(); i++) {
                threads.submit(walk::step).get();
            }
            walk.outcome().mustEqual(Walk.along(course, VECTOR, new Lamb()));
        }
    }

    /** Memory of a confined arena can be touched by its own thread only, so nobody helps. */
    @Test
    void confinedMemoryIsSteppedOnByItsThreadAlone() {
        int size = 300_000;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(size * 4L, 4);
            MemorySegment gradient = arena.allocate(size * 4L, 4);
            gradient.setAtIndex(ValueLayout.JAVA_FLOAT, size - 1, 8);
            Parameter parameter = Parameter.of("w", value, () -> Optional.of(gradient), size);
            List<ParameterGroup> groups = List.of(new ParameterGroup("all", new Sgd(), List.of(parameter)));
            try (Optimizer optimizer = Optimizer.of(groups, Schedule.constant(0.25), TWO)) {
                optimizer.step();
            }
            assertThat(value.getAtIndex(ValueLayout.JAVA_FLOAT, size - 1)).isEqualTo(-2);
        }
    }

    @Test
    void anAbandonedOptimizerIsHeldByNobody() {
        WeakReference<Optimizer> abandoned = abandon();
        for (int i = 0; i < 100 && abandoned.get() != null; i++) {
            System.gc();
        }
        assertThat(abandoned.get()).isNull();
    }

    /** Neither by threads that helped it nor by the cleaner of its memory. */
    private static WeakReference<Optimizer> abandon() {
        Walk walk = new Walk(Course.random(43, 2, Course.vectors(200_000)), TWO, new Lamb());
        walk.toEnd();
        return new WeakReference<>(walk.optimizer());
    }
}
