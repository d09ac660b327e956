package org.thalweg.dashboard.watch;

import java.util.List;
import java.util.Optional;

/**
 * What the list of runs tells about one. Texts are the run's own, of any characters.
 *
 * @param name of its directory, with the folders between it and the watched one
 * @param data name; empty if unknown, as are the next three
 * @param model name
 * @param rule as text
 * @param schedule as text
 * @param state what became of it so far
 * @param message why it was stopped or failed; empty if it was not, or nothing is known
 * @param started when, in milliseconds since 1970, if that is known
 * @param updated when something was written last, in milliseconds since 1970
 * @param step the last that was logged; 0 if none was
 * @param epoch the last that was completed; 0 if none was
 * @param epochs how many were asked for; 0 if unknown
 * @param progress from 0 to 1, if that can be told
 * @param loss of the last step that was logged, if it was finite
 * @param best the best epoch so far, if one was measured
 * @param pages files in its directory that can be opened: pages and pictures
 */
public record RunCard(
        String name,
        String data,
        String model,
        String rule,
        String schedule,
        State state,
        String message,
        Optional<Long> started,
        long updated,
        long step,
        long epoch,
        long epochs,
        Optional<Double> progress,
        Optional<Double> loss,
        Optional<Best> best,
        List<String> pages) {
    public RunCard {
        pages = List.copyOf(pages);
    }

    /** What became of a run so far. */
    public enum State {
        /** A process goes on with it. */
        RUNNING,
        /** It is complete. */
        FINISHED,
        /** It was stopped, or cut off; it may be resumed. */
        STOPPED,
        /** Something ended it. */
        FAILED
    }

    /**
     * The best epoch so far, on the validation part if there is one, else on the test part.
     *
     * @param measure what was measured on which part, in words
     * @param text the value for people
     * @param value the value in files
     * @param larger whether larger is better
     * @param epoch from 1
     */
    public record Best(String measure, String text, double value, boolean larger, long epoch) {}
}
