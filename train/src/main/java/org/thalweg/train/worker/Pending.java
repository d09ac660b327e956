package org.thalweg.train.worker;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.Work;

/** Something that workers do together and that goes on while this one does something else. */
public final class Pending {
    /** Nothing to wait for. */
    static final Pending DONE = new Pending();

    private static final long MILLIS_BETWEEN_LOOKS = 250;
    /** What libtorch says of a wait that ended before the work did; the work goes on. */
    private static final String NOT_YET = "Operation timed out!";

    private final Optional<Work> work;
    private final Optional<Heartbeat> heartbeat;
    private final String name;

    private Pending() {
        this.work = Optional.empty();
        this.heartbeat = Optional.empty();
        this.name = "nothing";
    }

    Pending(Work work, Heartbeat heartbeat, String name) {
        this.work = Optional.of(work);
        this.heartbeat = Optional.of(heartbeat);
        this.name = name;
    }

    /**
     * Waits for the end, however long it takes as long as all workers are alive.
     *
     * @throws WorkersException if one of them is not
     */
    public void await() {
        work.ifPresent(running -> heartbeat.ifPresent(others -> await(running, others)));
    }

    private void await(Work running, Heartbeat others) {
        while (!isDone(running, others)) {
            others.check(name);
        }
    }

    private boolean isDone(Work running, Heartbeat others) {
        try (PointerScope _ = new PointerScope()) {
            return running._wait(new Milliseconds(MILLIS_BETWEEN_LOOKS));
        } catch (RuntimeException e) {
            if (String.valueOf(e.getMessage()).startsWith(NOT_YET)) {
                return false;
            }
            throw others.brokenBy(e, name);
        }
    }
}
