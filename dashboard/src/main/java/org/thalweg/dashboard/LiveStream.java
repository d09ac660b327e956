package org.thalweg.dashboard;

import io.helidon.http.Status;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.thalweg.dashboard.watch.CurvesUpdate;
import org.thalweg.dashboard.watch.RunCard;
import org.thalweg.dashboard.watch.RunFolder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Tells a browser what changes, as server-sent events: {@code runs} with the runs in the list that are new or changed and the names of
 * those that are gone, {@code curves} with all curves of a run that it looks at, {@code missing} if there is no such run.
 */
final class LiveStream implements Handler {
    /** Runs that one page looks at, at most. */
    static final int MOST_RUNS = 12;

    /** Pages that are open at the same time, at most. */
    private static final int MOST_STREAMS = 100;

    private static final long PAUSE_MILLIS = 500;
    /** After so many pauses something is said, so that it shows who has left. */
    private static final int SILENCE = 20;

    private final RunFolder folder;
    private final CountDownLatch closing;
    private final AtomicInteger streams = new AtomicInteger();

    /** @param closing opens when the service ends */
    LiveStream(RunFolder folder, CountDownLatch closing) {
        this.folder = folder;
        this.closing = closing;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        List<String> runs =
                request.query().all("run", List::of).stream().distinct().toList();
        if (runs.size() > MOST_RUNS) {
            Routes.refuse(
                    response,
                    Status.BAD_REQUEST_400,
                    "At most %d runs can be looked at together.".formatted(MOST_RUNS));
        } else if (streams.incrementAndGet() > MOST_STREAMS) {
            streams.decrementAndGet();
            Routes.refuse(
                    response, Status.SERVICE_UNAVAILABLE_503, "Too many pages are open here: close one, and reload.");
        } else {
            try (SseSink sink = response.sink(SseSink.TYPE)) {
                new Viewer(sink, runs).follow();
            } catch (UncheckedIOException e) {
                // The browser has left.
            } finally {
                streams.decrementAndGet();
            }
        }
    }

    /** One page that is open, and what it has been told. */
    private final class Viewer {
        private final SseSink sink;
        private final List<String> runs;
        private final Map<String, RunCard> told = new HashMap<>();
        private final Map<String, Long> revisions = new HashMap<>();
        private boolean greeted;
        private int silent;

        Viewer(SseSink sink, List<String> runs) {
            this.sink = sink;
            this.runs = runs;
        }

        void follow() throws InterruptedException {
            do {
                silent++;
                tellRuns();
                runs.forEach(this::tellCurves);
                if (silent >= SILENCE) {
                    tell("beat", "{}");
                }
            } while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        }

        private void tellRuns() {
            List<RunCard> cards = folder.cards();
            Map<String, RunCard> now = HashMap.newHashMap(cards.size());
            cards.forEach(card -> now.put(card.name(), card));
            List<RunCard> changed = cards.stream()
                    .filter(card -> !card.equals(told.get(card.name())))
                    .toList();
            List<String> gone = told.keySet().stream()
                    .filter(name -> !now.containsKey(name))
                    .toList();
            if (!greeted || !changed.isEmpty() || !gone.isEmpty()) {
                ObjectNode event = JsonMapper.shared().createObjectNode();
                event.put("now", System.currentTimeMillis()).put("first", !greeted);
                event.set("changed", JsonMapper.shared().valueToTree(changed));
                event.set("gone", JsonMapper.shared().valueToTree(gone));
                tell("runs", event.toString());
                told.clear();
                told.putAll(now);
                greeted = true;
            }
        }

        private void tellCurves(String run) {
            Optional<CurvesUpdate> update = folder.curves(run);
            long revision = update.map(CurvesUpdate::revision).orElse(-1L);
            if (Long.valueOf(revision).equals(revisions.put(run, revision))) {
                return;
            }
            ObjectNode event = JsonMapper.shared().createObjectNode().put("run", run);
            update.ifPresent(it -> event.putRawValue("curves", new RawValue(it.json())));
            tell(update.isPresent() ? "curves" : "missing", event.toString());
        }

        private void tell(String event, String json) {
            sink.emit(SseEvent.builder().name(event).data(json).build());
            silent = 0;
        }
    }
}
