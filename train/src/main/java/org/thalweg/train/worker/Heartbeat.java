package org.thalweg.train.worker;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;

/**
 * Tells whether the other workers are alive, whatever they are busy with: each says so several times within the timeout, on
 * a thread of its own. Rank 0 listens to all and tells the verdict; the others listen to rank 0. So a worker may take as long as it
 * likes over an evaluation, and one that was killed, stopped or cut off is given up in time.
 */
final class Heartbeat implements AutoCloseable {
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final int BEATS_IN_TIMEOUT = 8;
    /** So many beats may be missed where a connection broke, and it is only asked whose. */
    private static final int MISSED = 4;

    private static final String BEAT = "beat/";
    private static final String ALARM = "alarm";
    private static final String VERDICT = "verdict";
    private static final String LEFT = "left";

    private final Meeting meeting;
    private final World world;
    private final Keys keys;
    private final long periodNanos;
    private final long timeoutNanos;
    private final Thread thread;
    private final long[] counts;
    private final long[] heard;
    private volatile long lastBeat = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean broken;
    private boolean told;
    private volatile Optional<String> verdict = Optional.empty();

    private Heartbeat(Meeting meeting) {
        this.meeting = meeting;
        this.world = meeting.world();
        this.keys = meeting.beats();
        this.timeoutNanos = world.timeout().toNanos();
        this.periodNanos = Math.min(LONGEST_PERIOD.toNanos(), timeoutNanos / BEATS_IN_TIMEOUT);
        this.counts = new long[world.size()];
        this.heard = new long[world.size()];
        this.thread = Thread.ofPlatform().daemon().name("thalweg-heartbeat").unstarted(this::beatOn);
    }

    static Heartbeat start(Meeting meeting) {
        Heartbeat heartbeat = new Heartbeat(meeting);
        heartbeat.thread.start();
        return heartbeat;
    }

    /** How often it beats. */
    Duration period() {
        return Duration.ofNanos(periodNanos);
    }

    /**
     * Looks whether all are alive.
     *
     * @param waitedFor for the sentence
     * @throws WorkersException if one is not
     */
    void check(String waitedFor) {
        Optional<String> found = verdict.or(this::silentLeader);
        if (found.isPresent()) {
            throw WorkersException.byAnother("%s, while %s was waited for".formatted(found.get(), waitedFor));
        }
    }

    /** Whether a worker, or the way to it, was lost. */
    boolean isBroken() {
        return broken || verdict.isPresent() || silentLeader().isPresent();
    }

    private Optional<String> silentLeader() {
        return System.nanoTime() - lastBeat > timeoutNanos
                ? Optional.of("%s was not heard of for %s"
                        .formatted(world.leads() ? "its own store" : "worker 0", Meeting.seconds(world.timeout())))
                : Optional.empty();
    }

    /** Finds out whose end broke a connection, which takes some beats. */
    WorkersException brokenBy(RuntimeException cause, String waitedFor) {
        broken = true;
        long deadline = System.nanoTime() + 2 * MISSED * periodNanos;
        while (verdict.isEmpty() && System.nanoTime() < deadline) {
            sleep(LOOK);
        }
        return WorkersException.byAnother(
                "%s, while %s was waited for"
                        .formatted(verdict.orElse("the connection to another worker broke"), waitedFor),
                cause);
    }

    /** Tells the others why this worker cannot go on, before it ends; what was told first counts. */
    void tell(String reason) {
        if (verdict.isPresent() || told) {
            return;
        }
        told = true;
        try (PointerScope _ = new PointerScope()) {
            meeting.keys().set(VERDICT, "worker %d failed: %s".formatted(world.rank(), reason));
        } catch (RuntimeException e) {
            return; // rank 0 is gone, so they know
        }
        if (world.leads()) {
            awaitLeaving(world.size() - 1); // or the store would go before they can read it
        }
    }

    private void beatOn() {
        Arrays.fill(heard, System.nanoTime());
        while (!closed && verdict.isEmpty()) {
            try (PointerScope _ = new PointerScope()) {
                beat();
                lastBeat = System.nanoTime();
            } catch (RuntimeException e) {
                verdict = verdict.or(() -> Optional.of("worker 0 ended or was cut off"));
            }
            sleep(period());
        }
    }

    private void beat() {
        keys.add(BEAT + world.rank(), 1);
        if (broken) {
            keys.add(ALARM, 1);
        }
        if (world.leads()) {
            listen();
        }
        if (keys.has(VERDICT)) {
            verdict = Optional.of(keys.get(VERDICT));
            keys.add(LEFT, 1);
        }
    }

    private void listen() {
        long limit = keys.add(ALARM, 0) > 0 ? Math.min(timeoutNanos, MISSED * periodNanos) : timeoutNanos;
        long now = System.nanoTime();
        for (int rank = 1; rank < world.size(); rank++) {
            long count = keys.add(BEAT + rank, 0);
            if (count != counts[rank]) {
                counts[rank] = count;
                heard[rank] = now;
            } else if (now - heard[rank] > limit) {
                keys.set(VERDICT, "%s ended, stopped or was cut off".formatted(meeting.worker(rank)));
                return;
            }
        }
    }

    /** Waits a little until so many, this one among them, read nothing more in the store. */
    private void awaitLeaving(int workers) {
        long deadline = System.nanoTime() + MISSED * periodNanos;
        while (System.nanoTime() < deadline && meeting.keys().add(LEFT, 0) < workers) {
            sleep(LOOK);
        }
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed |= Thread.currentThread() == thread;
        }
    }

    /** Ends the beats. Rank 0 waits a little for the others to end theirs. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.interrupt();
        try {
            thread.join(period().multipliedBy(MISSED));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            leave();
        } catch (RuntimeException e) {
            // Rank 0 has left already.
        }
    }

    private void leave() {
        boolean lost = verdict.isPresent() || told;
        if (!lost) {
            meeting.keys().add(LEFT, 1);
        }
        if (world.leads()) {
            awaitLeaving(lost ? world.size() - 1 : world.size());
        }
    }
}
