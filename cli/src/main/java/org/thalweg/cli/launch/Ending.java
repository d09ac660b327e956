package org.thalweg.cli.launch;

import java.util.List;
import java.util.Map;

/**
 * How a worker ended.
 *
 * @param rank which
 * @param code its exit code, or 128 and the signal that ended it
 * @param told whether the launcher had told it to end by then
 * @param lastWords what it printed last
 */
record Ending(int rank, int code, boolean told, List<String> lastWords) {
    private static final int SIGNALS = 128;
    private static final int KILL = 9;
    private static final Map<Integer, String> SIGNAL_NAMES = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 8, "SIGFPE", 9, "SIGKILL",
            11, "SIGSEGV", 15, "SIGTERM");

    /** A shell's exit code for what was interrupted: training that was stopped, and saved. */
    static final int STOPPED = SIGNALS + 2;

    /** Whether all went as it should, or was stopped as was asked for. */
    boolean isPeaceful() {
        return code == 0 || code == STOPPED;
    }

    /** Whether it ended for a reason of its own, rather than since others did. */
    boolean isOfItsOwn() {
        return !told && !isPeaceful() && code != Leash.OTHERS_ENDED;
    }

    boolean isBySignal() {
        return SIGNAL_NAMES.containsKey(code - SIGNALS);
    }

    /** Whether what it printed last may tell why: what is ended from outside has no say in it. */
    boolean hasLastWords() {
        return !told && code != SIGNALS + KILL && !lastWords.isEmpty();
    }

    /** What befell it, as the rest of a sentence. */
    String what() {
        if (told) {
            return "did not answer any more, and was ended";
        }
        if (isBySignal()) {
            return "was ended by signal %d (%s)".formatted(code - SIGNALS, SIGNAL_NAMES.get(code - SIGNALS));
        }
        return code == Leash.OTHERS_ENDED
                ? "lost the others (exit code %d)".formatted(code)
                : "ended with exit code " + code;
    }
}
