package org.thalweg.train.tensorboard;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Numbers by step in the file format that TensorBoard opens: TFRecord frames, each with the checksums that TensorFlow masks,
 * around {@code Event} messages (<a
 * href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto">event.proto</a>).
 */
public final class EventFile implements AutoCloseable {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;

    private final Path path;
    private final FileOutputStream out;

    /**
     * Starts a file of its own in a folder; those of earlier starts stay, and TensorBoard shows them as one run.
     *
     * @param folder an existing one
     * @throws UncheckedIOException if it cannot be written
     */
    public EventFile(Path folder) {
        Instant now = Instant.now();
        path = folder.resolve("events.out.tfevents.%010d.%s.%d.0"
                .formatted(now.getEpochSecond(), host(), ProcessHandle.current().pid()));
        try {
            // Not a channel: those are closed when the thread is interrupted, and the last numbers are written after
            // that.
            out = new FileOutputStream(path.toFile(), true);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(path, e), e);
        }
        write(message(now).string(3, VERSION));
    }

    /** The file's place. */
    public Path path() {
        return path;
    }

    /**
     * Adds numbers by name, in one write.
     *
     * @param step where they stand on TensorBoard's horizontal axis
     * @throws UncheckedIOException if the file cannot be written
     */
    public void scalars(long step, Map<String, Double> values) {
        Message summary = new Message();
        values.forEach(
                (tag, value) -> summary.message(1, new Message().string(1, tag).number(2, value.floatValue())));
        write(message(Instant.now()).number(2, step).message(5, summary));
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(path, e), e);
        }
    }

    private static Message message(Instant time) {
        return new Message().number(1, time.toEpochMilli() / 1e3);
    }

    private void write(Message event) {
        byte[] data = event.bytes();
        ByteBuffer frame = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(data.length).putInt(masked(frame.array(), 0, 8));
        frame.put(data).putInt(masked(data, 0, data.length));
        try {
            out.write(frame.array());
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(path, e), e);
        }
    }

    /** A checksum of data that itself holds checksums would be weak, so TensorFlow rotates it and adds a constant. */
    private static int masked(byte[] data, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(data, from, length);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
