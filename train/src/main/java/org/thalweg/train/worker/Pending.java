package org.thalweg.train.worker;

import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Work;

/** Something that workers do together and that goes on while this one does something else. */
public final class Pending {
    /** Nothing to wait for. */
    public static final Pending DONE = new Pending(Optional.empty());

    private static final long MILLIS_BETWEEN_LOOKS = 250;
    /** What libtorch says of a wait that ended before the work did; the work goes on. */
    private static final String NOT_YET = "Operation timed out!";

    private final Optional<Running> running;

    /**
     * Something under way.
     *
     * @param scope of its native objects
     */
    private record Running(PointerScope scope, Work work, Heartbeat heartbeat, String name) {}

    private Pending(Optional<Running> running) {
        this.running = running;
    }

    /**
     * Begins.
     *
     * @param name what it gives, for the sentence where it cannot
     */
    static Pending start(String name, Heartbeat heartbeat, Supplier<Work> operation) {
        heartbeat.check(name);
        try (PointerScope scope = new PointerScope()) {
            Work work = operation.get();
            scope.extend();
            return new Pending(Optional.of(new Running(scope, work, heartbeat, name)));
        }
    }

    /**
     * Waits for the end, however long it takes as long as all workers are alive, and frees what it took. To be called once.
     *
     * @throws WorkersException if one of them is not
     */
    public void await() {
        running.ifPresent(it -> {
            while (!isDone(it)) {
                it.heartbeat().check(it.name());
            }
            it.scope().deallocate();
        });
    }

    private static boolean isDone(Running it) {
        try (PointerScope _ = new PointerScope()) {
            return it.work()._wait(new Milliseconds(MILLIS_BETWEEN_LOOKS));
        } catch (RuntimeException e) {
            if (String.valueOf(e.getMessage()).startsWith(NOT_YET)) {
                return false;
            }
            throw it.heartbeat().brokenBy(e, it.name());
        }
    }
}
