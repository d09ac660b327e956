package org.thalweg.dashboard.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.dashboard.watch.RunCard.State;

/**
 * All runs in a folder, and in folders in it. They are looked at when somebody asks, not more often than is worth it, and a
 * bounded part of what is new each time, so that an answer never waits long: what is left comes with the next.
 *
 * <p>Symbolic links are not followed. For any number of threads.
 */
public final class RunFolder {
    /** Runs that are shown at most. */
    private static final int MOST_RUNS = 20_000;

    private static final int DEPTH = 3;
    /** In a run whose other files were taken away, these would pass for runs. */
    private static final String CHECKPOINTS = "checkpoints";

    /** Runs whose curves are kept; of others they are read again when they are asked for. */
    private static final int MOST_OPEN = 32;
    /** What is read at once: about half a second. */
    private static final long BUDGET = 1 << 25;
    /** What looking at a run costs, beside reading, in bytes that could be read meanwhile. */
    private static final long LOOK = 1 << 16;
    /** A look at those that stand still is due only at every so many looks at those that run. */
    private static final int SELDOM = 10;

    private static final long REST_NANOS = 300_000_000;

    private final Path root;
    private final Map<String, Watched> runs = new TreeMap<>();
    private final Map<String, OpenRun> open = new LinkedHashMap<>(MOST_OPEN, 0.75f, true);
    private long looks;
    private long rested = System.nanoTime() - REST_NANOS;

    /** A run, and when it was looked at last. */
    private static final class Watched {
        private final WatchedRun run;
        private long look = -SELDOM;

        Watched(WatchedRun run) {
            this.run = run;
        }
    }

    /** @param root the folder; it may come later, and go */
    public RunFolder(Path root) {
        this.root = root;
    }

    public Path root() {
        return root;
    }

    /** What is known of all runs, by name. */
    public synchronized List<RunCard> cards() {
        if (System.nanoTime() - rested >= REST_NANOS) {
            look();
            rested = System.nanoTime();
        }
        return runs.values().stream().flatMap(it -> it.run.card().stream()).toList();
    }

    /** The pages of a run, if there is one of that very name. */
    public synchronized Optional<Pages> pages(String run) {
        return find(run).map(it -> Pages.of(it.path(), 1));
    }

    /** The curves of a run, with what is new, if there is one of that very name. */
    public synchronized Optional<CurvesUpdate> curves(String run) {
        Optional<WatchedRun> found = find(run);
        if (found.isEmpty()) {
            open.remove(run);
            return Optional.empty();
        }
        OpenRun opened = open.computeIfAbsent(run, _ -> new OpenRun(found.get()));
        if (open.size() > MOST_OPEN) {
            open.remove(open.keySet().iterator().next()); // the one that was asked for longest ago
        }
        return Optional.of(opened.update(BUDGET));
    }

    private Optional<WatchedRun> find(String run) {
        cards();
        return Optional.ofNullable(runs.get(run)).map(it -> it.run);
    }

    private void look() {
        looks++;
        Map<String, Path> found = new TreeMap<>();
        if (WatchedRun.isRun(root)) {
            found.put(String.valueOf(root.toAbsolutePath().normalize().getFileName()), root);
        } else {
            scan(root, "", DEPTH, found);
        }
        runs.keySet().retainAll(found.keySet());
        open.keySet().retainAll(found.keySet());
        found.forEach((name, path) -> runs.computeIfAbsent(name, _ -> new Watched(new WatchedRun(name, path))));
        long budget = BUDGET;
        for (Watched watched : runs.values()) {
            if (budget > 0 && isDue(watched)) {
                long read = watched.run.refresh(budget);
                watched.look = read < budget ? looks : -SELDOM; // what was not read to its end is due again
                budget -= LOOK + read;
            }
        }
    }

    private boolean isDue(Watched watched) {
        boolean runs =
                watched.run.card().filter(it -> it.state() == State.RUNNING).isPresent();
        return looks - watched.look >= (runs ? 1 : SELDOM);
    }

    private static void scan(Path folder, String prefix, int depth, Map<String, Path> found) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String file = String.valueOf(entry.getFileName());
                if (found.size() >= MOST_RUNS) {
                    return;
                }
                boolean hidden = file.startsWith(".") || file.equals(CHECKPOINTS);
                if (hidden || !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                if (WatchedRun.isRun(entry)) {
                    found.put(prefix + file, entry);
                } else if (depth > 1) {
                    scan(entry, prefix + file + "/", depth - 1, found);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The folder is not there yet, or no longer, or not for us: nothing to see.
        }
    }
}
