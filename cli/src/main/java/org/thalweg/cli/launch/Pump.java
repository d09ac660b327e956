package org.thalweg.cli.launch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Carries what a worker prints into its log by lines, and the first worker's also through to the launcher's own stream, byte
 * by byte, so that its progress bar moves. Of a bar, the log has nothing: its lines are overwritten, not ended.
 */
final class Pump implements Runnable {
    /** The launcher's own Java has said so already. */
    private static final byte[] GREETING =
            ("WARNING: Using incubator modules: jdk.incubator.vector" + System.lineSeparator()).getBytes(UTF_8);

    private static final int OTHER = -1;
    private static final int BUFFER = 8192;
    private static final int LONGEST_LINE = 1 << 16;

    private final InputStream from;
    private final Optional<Echo> echo;
    private final WorkerLog log;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean overwritten;
    /** How many bytes of the greeting there were; all that was printed so far, unless it is {@link #OTHER}. */
    private int greeted;

    Pump(InputStream from, Optional<Echo> echo, WorkerLog log) {
        this.from = from;
        this.echo = echo;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            byte[] buffer = new byte[BUFFER];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                greet(buffer, count);
            }
        } catch (IOException e) {
            // The worker is gone, and its output with it.
        }
        if (greeted < GREETING.length) {
            take(GREETING, 0, Math.max(0, greeted)); // it was another line that began like it
        }
        if (line.size() > 0) {
            endLine();
        }
    }

    /** Holds back what may be the greeting, as long as it may be. */
    private void greet(byte[] bytes, int count) {
        int held = 0;
        while (greeted != OTHER && greeted < GREETING.length && held < count) {
            if (bytes[held] == GREETING[greeted]) {
                greeted++;
                held++;
            } else {
                take(GREETING, 0, greeted);
                greeted = OTHER;
            }
        }
        take(bytes, held, count);
    }

    private void take(byte[] bytes, int from, int to) {
        echo.ifPresent(it -> it.pass(bytes, from, to));
        for (int i = from; i < to; i++) {
            take(bytes[i]);
        }
    }

    private void take(byte next) {
        if (next == '\n') {
            endLine();
        } else {
            if (overwritten) {
                line.reset();
            }
            if (next != '\r' && line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
        overwritten = next == '\r';
    }

    private void endLine() {
        log.line(line.toString(UTF_8).stripTrailing());
        line.reset();
    }
}
