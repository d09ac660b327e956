package org.thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.cli.launch.Supervisor;

/**
 * The command line that each worker is given.
 *
 * @param program how this program is started
 * @param workers how many get it
 * @param line {@code train ...} or {@code resume RUN}, as the user wrote it
 * @param run the run that it goes on with, if it does
 * @param json whether the answer is to be one JSON document
 * @param debug whether failures are to be told with their stack trace
 */
record LaunchedLine(
        List<String> program, int workers, List<String> line, Optional<Path> run, boolean json, boolean debug)
        implements Supervisor.Task {
    static final String RESUME = "resume";
    static final List<String> NAMES = List.of("train", RESUME);
    private static final String JSON = "--json";
    private static final String DEBUG = "--debug";

    @Override
    public List<String> command(Optional<Path> begun) {
        List<String> words = new ArrayList<>(program);
        if (run.isEmpty() && begun.isPresent()) {
            words.addAll(List.of(RESUME, begun.get().toString()));
        } else {
            words.addAll(line);
            words.removeAll(List.of(JSON, DEBUG)); // wherever they stood
        }
        if (json) {
            words.add(JSON);
        }
        if (debug) {
            words.add(DEBUG);
        }
        return words;
    }

    @Override
    public String advice(Path begun) {
        return "'./thalweg launch --workers %d resume %s' goes on from its last checkpoint".formatted(workers, begun);
    }
}
