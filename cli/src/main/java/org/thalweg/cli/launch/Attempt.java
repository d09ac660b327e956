package org.thalweg.cli.launch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Workers that were started together, and end together. */
final class Attempt {
    private static final int MILLIS_BETWEEN_LOOKS = 50;
    private static final Duration BETWEEN_LEASH_AND_TERM = Duration.ofSeconds(1);

    private final List<Worker> workers;
    private final BlockingQueue<Ending> news = new LinkedBlockingQueue<>();
    private final List<Ending> endings = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();

    /** What is done about those that do not end by themselves, so long after the first failure. */
    private record Measure(Duration after, Consumer<Worker> what) {}

    /**
     * Looks after them from now on.
     *
     * @param patience how long they may take to end by themselves when one has failed, and again to end when told to
     */
    Attempt(List<Worker> workers, Duration patience) {
        this.workers = List.copyOf(workers);
        this.workers.forEach(worker -> worker.whenEnded(news::add));
        measures.add(new Measure(patience, Worker::letGo));
        measures.add(new Measure(patience.plus(BETWEEN_LEASH_AND_TERM), Worker::terminate));
        measures.add(new Measure(patience.multipliedBy(2).plus(BETWEEN_LEASH_AND_TERM), Worker::kill));
    }

    /** Waits until all have ended, and sees to it that they do once one has failed. */
    Verdict await(BooleanSupplier stopAsked, Runnable atEachLook) throws InterruptedException {
        boolean asked = false;
        long failed = 0;
        while (endings.size() < workers.size()) {
            Ending ending = news.poll(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
            if (ending != null) {
                failed = failed == 0 && !ending.isPeaceful() ? System.nanoTime() : failed;
                endings.add(ending);
            }
            if (!asked && stopAsked.getAsBoolean()) {
                asked = true;
                workers.forEach(Worker::askToStop);
            }
            if (failed != 0) {
                takeMeasures(Duration.ofNanos(System.nanoTime() - failed));
            }
            atEachLook.run();
        }
        return Verdict.of(endings);
    }

    private void takeMeasures(Duration sinceFailure) {
        while (!measures.isEmpty() && sinceFailure.compareTo(measures.getFirst().after()) >= 0) {
            Measure due = measures.removeFirst();
            workers.stream().filter(Worker::isAlive).forEach(due.what());
        }
    }
}
