package org.thalweg.cli.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * What binds a worker to its launcher: the worker's standard input. A byte on it asks for a stop; its end, which the system
 * brings about however the launcher ends, ends the worker at once. So no worker is left behind, and Ctrl-C, which a terminal
 * sends to launcher and workers alike, counts once.
 */
public final class Leash {
    /** The environment variable that says a worker is on one. */
    static final String VARIABLE = "THALWEG_LEASH";

    static final String STANDARD_INPUT = "stdin";

    /** The exit code of a worker that ends because another one did: {@code EX_TEMPFAIL} of sysexits.h, for it may work when tried again. */
    public static final int OTHERS_ENDED = 75;

    private static final int STOP = 's';
    private static volatile boolean stopAsked;

    private Leash() {}

    /** Whether this process was started by a launcher. */
    public static boolean isOn(Map<String, String> environment) {
        return environment.getOrDefault(VARIABLE, "").equals(STANDARD_INPUT);
    }

    /** Listens to the launcher from now on. */
    public static void follow(InputStream launcher) {
        Thread.ofPlatform().daemon().name("leash").start(() -> {
            listen(launcher);
            Runtime.getRuntime().halt(OTHERS_ENDED);
        });
    }

    private static void listen(InputStream launcher) {
        try {
            for (int told = launcher.read(); told >= 0; told = launcher.read()) {
                stopAsked |= told == STOP;
            }
        } catch (IOException e) {
            // As at its end.
        }
    }

    /** Whether the launcher asked for a stop. */
    public static boolean stopAsked() {
        return stopAsked;
    }

    /** The launcher's end: asks a worker to stop when it has saved. One that is gone already needs no asking. */
    static void askToStop(OutputStream worker) {
        try {
            worker.write(STOP);
            worker.flush();
        } catch (IOException e) {
            // Gone.
        }
    }

    /** The launcher's end: a worker that is still there ends at once. */
    static void letGo(OutputStream worker) {
        try {
            worker.close();
        } catch (IOException e) {
            // Gone.
        }
    }
}
