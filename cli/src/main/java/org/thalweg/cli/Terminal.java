package org.thalweg.cli;

import java.util.Map;

/** Whether a person watches standard error. */
final class Terminal {
    private static final int USUAL_COLUMNS = 80;

    private Terminal() {}

    /** The launcher looks, since Java cannot tell which of its streams is a terminal. */
    static boolean isWatched() {
        return isWatched(System.getenv());
    }

    static boolean isWatched(Map<String, String> environment) {
        return environment.getOrDefault("THALWEG_TERMINAL", "").equals("yes");
    }

    /** Columns of the window when the command was called, as far as the launcher could tell. */
    static int columns() {
        return columns(System.getenv());
    }

    static int columns(Map<String, String> environment) {
        String columns = environment.getOrDefault("THALWEG_COLUMNS", "");
        return columns.matches("[1-9]\\d{1,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
    }
}
