package org.thalweg.train.tensorboard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Map;
import java.util.zip.CRC32C;
import org.thalweg.train.run.AppendedFile;
import org.thalweg.train.run.RunException;

/**
 * Numbers by step in the file format that TensorBoard opens: TFRecord frames, each with the checksums that TensorFlow masks,
 * around {@code Event} messages (<a
 * href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto">event.proto</a>).
 */
final class EventFile {
    /** By {@code tfevents} in it TensorBoard finds the file. */
    static final String NAME = "events.out.tfevents.thalweg";

    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;
    private static final int LENGTH_BYTES = 8;
    private static final int SUM_BYTES = 4;

    private final AppendedFile file;

    /**
     * Goes on with a file, or starts it where it is empty.
     *
     * @throws RunException if it cannot be written
     */
    EventFile(AppendedFile file) {
        this.file = file;
        if (file.isEmpty()) {
            write(message(Instant.now()).string(3, VERSION));
        }
    }

    /**
     * Adds numbers by name, in one write.
     *
     * @param step where they stand on TensorBoard's horizontal axis
     * @throws RunException if the file cannot be written
     */
    void scalars(long step, Map<String, Double> values) {
        Message summary = new Message();
        values.forEach(
                (tag, value) -> summary.message(1, new Message().string(1, tag).number(2, value.floatValue())));
        write(message(Instant.now()).number(2, step).message(5, summary));
    }

    private static Message message(Instant time) {
        return new Message().number(1, time.toEpochMilli() / 1e3);
    }

    private void write(Message event) {
        byte[] data = event.bytes();
        ByteBuffer frame = ByteBuffer.allocate(LENGTH_BYTES + SUM_BYTES + data.length + SUM_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(data.length).putInt(masked(frame.array(), LENGTH_BYTES));
        frame.put(data).putInt(masked(data, data.length));
        file.append(frame.array());
    }

    /** A checksum of data that itself holds checksums would be weak, so TensorFlow rotates it and adds a constant. */
    private static int masked(byte[] data, int length) {
        CRC32C sum = new CRC32C();
        sum.update(data, 0, length);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }
}
