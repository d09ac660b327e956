package org.thalweg.cli;

import java.util.Map;

/** Whether a person watches standard error. */
final class Terminal {
    private Terminal() {}

    /** The launcher looks, since Java cannot tell which of its streams is a terminal. */
    static boolean isWatched() {
        return isWatched(System.getenv());
    }

    static boolean isWatched(Map<String, String> environment) {
        return environment.getOrDefault("THALWEG_TERMINAL", "").equals("yes");
    }
}
