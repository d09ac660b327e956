package org.thalweg.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.thalweg.train.run.Document;
import scala.Tuple2;

/**
 * How a worker's training ended.
 *
 * @param rank the worker's
 * @param state what it came to
 * @param sentence why, if not well
 * @param run the run's directory, as the worker saw it; empty where it has none
 * @param files what is in it, if the driver does not see it there; else empty
 */
@SuppressWarnings("ArrayRecordComponent") // it travels
record Ending(int rank, State state, String sentence, String run, byte[] files) {
    private static final byte[] NO_FILES = {};

    /** What a training came to. */
    enum State {
        /** The training is complete. */
        DONE,
        /** The same would happen again, as it does where data is missing. */
        REFUSED,
        /** Another worker is not there any more, or never was: the same may work when it is tried again. */
        LOST
    }

    static Ending of(int rank, State state, String sentence) {
        return new Ending(rank, state, sentence, "", NO_FILES);
    }

    Ending in(String path, byte[] packed) {
        return new Ending(rank, state, sentence, path, packed);
    }

    boolean isThere() {
        return !run.isEmpty();
    }

    /** As two things that any of Spark's serializers takes. */
    Tuple2<String, byte[]> packed() {
        String words = Document.of(
                        Document.fields("rank", rank, "state", state.name(), "sentence", sentence, "run", run))
                .toString();
        return new Tuple2<>(words, files);
    }

    static Ending unpacked(Tuple2<String, byte[]> packed) {
        Document words = Document.parse("a task's answer", packed._1());
        return new Ending(
                (int) words.count("rank"),
                words.parsed("state", State::valueOf),
                words.text("sentence"),
                words.text("run"),
                packed._2());
    }

    /** The run's directory as the driver has it, unpacked if it travelled. */
    Path home(Path runs) throws IOException {
        return files.length == 0
                ? Path.of(run)
                : RunArchive.unpack(files, runs, Path.of(run).getFileName().toString());
    }
}
