package org.thalweg.dashboard.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a file of lines as it grows, each line once. A last line that is half written waits for its end. A file that was cut, which
 * is what a run does that goes back to a checkpoint, or that was replaced, is read anew; one that vanished has no lines.
 */
final class MetricsTail {
    private static final int CHUNK = 1 << 16;
    /** Longer lines are none of ours, and are left out. */
    private static final int LONGEST_LINE = 1 << 20;
    /** So many bytes before the place that was reached must still be what they were, or the file is another one. */
    private static final int REMEMBERED = 256;

    private final Path file;
    private Optional<BasicFileAttributes> seen = Optional.empty();
    private long offset;
    private byte[] before = {};
    private boolean insideLongLine;

    MetricsTail(Path file) {
        this.file = file;
    }

    /**
     * Reads what is new.
     *
     * @param budget about how many bytes are read at most
     * @return how many were; less than the budget if nothing is left to read
     */
    long advance(MetricsReader reader, long budget) {
        Optional<BasicFileAttributes> now = SafeFiles.attributes(file);
        if (now.isEmpty()) {
            restart(reader);
            return 0;
        }
        if (seen.isPresent() && isSame(seen.get(), now.get())) {
            return 0;
        }
        try (SeekableByteChannel channel = SafeFiles.open(file)) {
            if (!continues(channel, now.get())) {
                restart(reader);
            }
            long read = read(channel, reader, budget);
            seen = now.filter(_ -> read < budget);
            return read;
        } catch (IOException e) {
            return 0; // It has just vanished, or is not for us: nothing is new.
        }
    }

    private void restart(MetricsReader reader) {
        if (offset > 0) {
            reader.restart();
        }
        seen = Optional.empty();
        offset = 0;
        before = new byte[0];
        insideLongLine = false;
    }

    private static boolean isSame(BasicFileAttributes one, BasicFileAttributes other) {
        return one.size() == other.size()
                && one.lastModifiedTime().equals(other.lastModifiedTime())
                && Objects.equals(one.fileKey(), other.fileKey());
    }

    private boolean continues(SeekableByteChannel channel, BasicFileAttributes now) throws IOException {
        if (now.size() < offset) {
            return false;
        }
        ByteBuffer there = ByteBuffer.allocate(before.length);
        channel.position(offset - before.length);
        while (there.hasRemaining() && channel.read(there) >= 0) {
            // until all of it is there
        }
        return Arrays.equals(there.array(), before);
    }

    private long read(SeekableByteChannel channel, MetricsReader reader, long budget) throws IOException {
        byte[] buffer = new byte[CHUNK];
        int held = 0;
        long read = 0;
        channel.position(offset);
        while (read < budget) {
            if (held == LONGEST_LINE) {
                insideLongLine = true;
                reached(buffer, held);
                held = 0;
            } else if (held == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * held);
            }
            int more = channel.read(ByteBuffer.wrap(buffer, held, buffer.length - held));
            if (more < 0) {
                break;
            }
            read += more;
            int rest = tell(reader, buffer, held, held + more);
            held = held + more - rest;
            System.arraycopy(buffer, rest, buffer, 0, held);
        }
        return read;
    }

    /** Passes on the whole lines; where the rest begins, which holds no end of a line. */
    private int tell(MetricsReader reader, byte[] buffer, int searched, int end) {
        int start = 0;
        for (int i = searched; i < end; i++) {
            if (buffer[i] == '\n') {
                if (!insideLongLine) {
                    reader.line(buffer, start, i);
                }
                insideLongLine = false;
                start = i + 1;
            }
        }
        reached(buffer, start);
        return start;
    }

    private void reached(byte[] buffer, int length) {
        if (length > 0) {
            before = Arrays.copyOfRange(buffer, Math.max(0, length - REMEMBERED), length);
            offset += length;
        }
    }
}
