package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.data.Augmentation.Flip;
import org.thalweg.train.data.Augmentation.Mixup;
import org.thalweg.train.engine.Tensors;

@Timeout(60)
class BatchesTest {
    /** Examples whose copying can be made to fail, to wait or to count. */
    private interface Watch {
        void copying(int row);
    }

    private record Watched(int count, Watch watch) implements Examples {
        @Override
        public Shape shape() {
            return Shape.vector(1);
        }

        @Override
        public Task task() {
            return new Task.Classification(count);
        }

        @Override
        public void input(int row, MemorySegment slot) {
            watch.copying(row);
            slot.set(ValueLayout.JAVA_FLOAT_UNALIGNED, 0, row);
        }

        @Override
        public void target(int row, MemorySegment slot) {
            slot.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, row);
        }
    }

    private static Examples images() {
        MemorySegment inputs = MemoryExamples.floats(103 * 12);
        SplitMix64 random = new SplitMix64(1);
        int[] labels = new int[103];
        for (int i = 0; i < 103 * 12; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) random.gaussian());
            labels[i / 12] = i / 12 % 4;
        }
        Examples plain = MemoryExamples.classes(Shape.image(1, 3, 4), 4, inputs, labels);
        return new AugmentedExamples(plain, List.of(new Flip(), new Mixup(0.5)), 0, 0);
    }

    /** All numbers of some passes, in order. */
    private static List<float[]> passes(Batching batching) {
        List<float[]> seen = new ArrayList<>();
        try (Batches batches = new Batches(images(), batching);
                PointerScope _ = new PointerScope()) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                for (Batch batch : batches.shuffled(5, epoch)) {
                    seen.add(Tensors.segment(batch.inputs()).toArray(ValueLayout.JAVA_FLOAT));
                    seen.add(Tensors.segment(batch.targets()).toArray(ValueLayout.JAVA_FLOAT));
                }
            }
            for (Batch batch : batches.inOrder()) {
                seen.add(Tensors.segment(batch.inputs()).toArray(ValueLayout.JAVA_FLOAT));
            }
        }
        return seen;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void numbersDoNotDependOnHowFarAhead(int ahead) {
        for (boolean dropLast : new boolean[] {true, false}) {
            assertThat(passes(new Batching(10, dropLast, ahead)))
                    .usingRecursiveComparison()
                    .isEqualTo(passes(new Batching(10, dropLast, 0)));
        }
    }

    @Test
    void anEpochGoesOnFromAnyBatch() {
        try (Batches batches = new Batches(images(), 10);
                PointerScope _ = new PointerScope()) {
            List<float[]> whole = new ArrayList<>();
            for (Batch batch : batches.shuffled(5, 2)) {
                whole.add(Tensors.segment(batch.inputs()).toArray(ValueLayout.JAVA_FLOAT));
            }
            for (int done : new int[] {0, 1, 9, 10}) {
                List<float[]> rest = new ArrayList<>();
                for (Batch batch : batches.shuffled(5, 2, 10 * done, _ -> 10)) {
                    rest.add(Tensors.segment(batch.inputs()).toArray(ValueLayout.JAVA_FLOAT));
                }
                assertThat(rest).usingRecursiveComparison().isEqualTo(whole.subList(done, 10));
            }
        }
    }

    @Test
    void theLastBatchCanBeKept() {
        for (int[] expected : new int[][] {{10, 3}, {103, 103}, {1, 1}, {102, 1}}) {
            try (Batches batches = new Batches(new Watched(103, _ -> {}), new Batching(expected[0], false));
                    PointerScope _ = new PointerScope()) {
                boolean[] seen = new boolean[103];
                int last = 0;
                for (Batch batch : batches.shuffled(1, 1)) {
                    for (long row : Tensors.segment(batch.targets()).toArray(ValueLayout.JAVA_LONG)) {
                        assertThat(seen[(int) row]).isFalse();
                        seen[(int) row] = true;
                    }
                    last = batch.count();
                }
                assertThat(seen).containsOnly(true);
                assertThat(last).isEqualTo(expected[1]);
            }
        }
        assertThat(new Batching(10, false).perEpoch(images())).isEqualTo(11);
        assertThat(new Batching(10, true).perEpoch(images())).isEqualTo(10);
    }

    /** What fails on the other thread is thrown by the very batch that it belongs to. */
    @Test
    void aFailureReachesTheTrainer() {
        Examples bad = new Watched(100, row -> {
            if (row == 55) {
                throw new DataException("image 55 is damaged");
            }
        });
        try (Batches batches = new Batches(bad, 10)) {
            AtomicInteger taken = new AtomicInteger();
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> batches.inOrder().forEach(_ -> taken.incrementAndGet()))
                    .withMessage("image 55 is damaged");
            assertThat(taken).hasValue(5);
            assertThat(batches.inOrder().iterator().next().count()).isEqualTo(10);
        }
    }

    @Test
    void anErrorReachesTheTrainerToo() {
        Examples bad = new Watched(10, _ -> {
            throw new StackOverflowError();
        });
        try (Batches batches = new Batches(bad, 10)) {
            Iterator<Batch> pass = batches.inOrder().iterator();
            assertThatExceptionOfType(StackOverflowError.class).isThrownBy(pass::next);
        }
    }

    /** No more than asked for is filled, however slow the trainer is. */
    @Test
    void itDoesNotRunFurtherAhead() throws InterruptedException {
        AtomicInteger most = new AtomicInteger();
        CountDownLatch reached = new CountDownLatch(30);
        Examples counted = new Watched(100, row -> {
            most.accumulateAndGet(row, Math::max);
            reached.countDown();
        });
        try (Batches batches = new Batches(counted, new Batching(10, true, 2))) {
            Iterator<Batch> pass = batches.inOrder().iterator();
            Batch first = pass.next();
            assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(50);
            assertThat(most).hasValue(29);
            assertThat(Tensors.segment(first.targets()).toArray(ValueLayout.JAVA_LONG))
                    .startsWith(0, 1, 2);
            pass.next();
            assertThat(pass.next().count()).isEqualTo(10);
        }
    }

    /** Closing, or beginning another pass, ends one that nobody takes from any more. */
    @Test
    void aPassMayBeLeftEarly() {
        Batches batches = new Batches(new Watched(1000, _ -> {}), 10);
        for (int i = 0; i < 50; i++) {
            Iterator<Batch> pass = batches.shuffled(1, i + 1).iterator();
            for (int taken = 0; taken < i % 4; taken++) {
                pass.next();
            }
        }
        Iterator<Batch> old = batches.inOrder().iterator();
        batches.inOrder().iterator().next();
        assertThat(old.hasNext()).isTrue();
        batches.close();
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("thalweg-data"))
                        .filter(Thread::isAlive)
                        .count())
                .isZero();
    }

    /** An interrupt is kept for the training loop, which looks for it between two steps. */
    @Test
    void anInterruptIsKept() {
        try (Batches batches = new Batches(new Watched(100, _ -> {}), 10)) {
            Iterator<Batch> pass = batches.inOrder().iterator();
            Thread.currentThread().interrupt();
            for (int i = 0; i < 10; i++) {
                assertThat(pass.next().count()).isEqualTo(10);
            }
            assertThat(Thread.interrupted()).isTrue();
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    /** The gate is opened a while after the trainer has begun to wait. */
    @Test
    void tellsHowLongItWaited() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        Examples slow = new Watched(20, row -> {
            if (row == 10) {
                await(gate);
            }
        });
        Thread trainer = Thread.currentThread();
        try (Batches batches = new Batches(slow, 10)) {
            Iterator<Batch> pass = batches.inOrder().iterator();
            pass.next();
            double before = batches.waitedSeconds();
            Thread opener = Thread.ofPlatform().start(() -> {
                while (trainer.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                long began = System.nanoTime();
                while (System.nanoTime() - began < 20_000_000) {
                    Thread.onSpinWait();
                }
                gate.countDown();
            });
            pass.next();
            opener.join();
            double after = batches.waitedSeconds();
            assertThat(after - before).isGreaterThan(0.02);
            assertThat(batches.inOrder().iterator().hasNext()).isTrue();
            assertThat(batches.waitedSeconds()).isGreaterThanOrEqualTo(after);
        }
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesSizesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Batching(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Batching(1, true, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Batching(1, true, 65));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Batches(images(), new Batching(104, false)))
                .withMessageContaining("from 1 to the 103 training examples");
    }
}
