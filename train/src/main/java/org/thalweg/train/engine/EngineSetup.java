package org.thalweg.train.engine;

import java.util.Locale;
import java.util.Map;

/**
 * How the process is prepared before libtorch is loaded: the one knob over threads and the allocator.
 *
 * <p>Written as {@code tuned}, {@code untuned}, or either with a number of threads, {@code tuned,threads=4}; that text is
 * what {@link #VARIABLE} takes and what {@link #toString()} gives.
 *
 * @param tuning whether to change the process at all
 * @param threads that libtorch computes with at most, 1 to 1024, and with fewer what is little work; an untuned process leaves libtorch to choose
 */
public record EngineSetup(Tuning tuning, int threads) {
    /** The environment variable that {@link #fromEnvironment()} reads. */
    public static final String VARIABLE = "THALWEG_ENGINE";

    private static final int MOST_THREADS = 1024;

    /** Whether the process is changed for speed. */
    public enum Tuning {
        /** One thread pool and an allocator that keeps large blocks; what training wants. */
        TUNED,
        /** libtorch as its presets come, to compare against. */
        UNTUNED
    }

    public EngineSetup {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "threads must be between 1 and %d, but is %d".formatted(MOST_THREADS, threads));
        }
    }

    /** Tuned, with one thread for each processor that this process may use. */
    public EngineSetup() {
        this(Tuning.TUNED, defaultThreads());
    }

    /** Tuned, with the given number of threads. */
    public EngineSetup(int threads) {
        this(Tuning.TUNED, threads);
    }

    /** The set-up that the environment variable {@value #VARIABLE} asks for, or the default one where it is not set. */
    public static EngineSetup fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    static EngineSetup fromEnvironment(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "").strip();
        return text.isEmpty() ? new EngineSetup() : parse(text);
    }

    /**
     * Reads {@code tuned} or {@code untuned}, optionally followed by {@code ,threads=N}.
     *
     * @throws IllegalArgumentException if the text says anything else
     */
    public static EngineSetup parse(String text) {
        String[] parts = text.strip().split(",", -1);
        int threads = defaultThreads();
        if (parts.length == 2 && parts[1].strip().startsWith("threads=")) {
            threads = number(parts[1].strip().substring("threads=".length()), text);
        } else if (parts.length != 1) {
            throw unreadable(text);
        }
        return switch (parts[0].strip().toLowerCase(Locale.ROOT)) {
            case "tuned" -> new EngineSetup(Tuning.TUNED, threads);
            case "untuned" -> new EngineSetup(Tuning.UNTUNED, threads);
            default -> throw unreadable(text);
        };
    }

    @Override
    public String toString() {
        return tuning.name().toLowerCase(Locale.ROOT) + ",threads=" + threads;
    }

    private static int defaultThreads() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    }

    private static int number(String digits, String text) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "engine set-up '%s' is not understood: write tuned, untuned or tuned,threads=4".formatted(text));
    }
}
