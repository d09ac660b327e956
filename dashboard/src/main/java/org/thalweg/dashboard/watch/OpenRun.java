package org.thalweg.dashboard.watch;

import java.util.concurrent.atomic.AtomicLong;

/** A run whose curves somebody looks at. */
final class OpenRun {
    /** Of all runs, so that one that is opened again never seems unchanged. */
    private static final AtomicLong REVISIONS = new AtomicLong();

    private final MetricsTail tail;
    private final Curves curves;
    private long revision;
    private String json = "[]";

    OpenRun(WatchedRun run) {
        tail = new MetricsTail(run.path().resolve(WatchedRun.METRICS));
        curves = new Curves(run::stepsPerEpoch);
    }

    /** Reads what is new, about so many bytes of it at most. */
    CurvesUpdate update(long budget) {
        Changes changes = new Changes();
        tail.advance(changes, budget);
        if (changes.any || revision == 0) {
            revision = REVISIONS.incrementAndGet();
            json = curves.json().toString();
        }
        return new CurvesUpdate(revision, json);
    }

    /** Passes on to the curves, and notices whether there was anything. */
    private final class Changes implements MetricsReader {
        private boolean any;

        @Override
        public void restart() {
            any = true;
            curves.restart();
        }

        @Override
        public void line(byte[] bytes, int from, int to) {
            any = true;
            curves.line(bytes, from, to);
        }
    }
}
