package org.thalweg.train.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A protocol buffers message as it is built: as much of <a href="https://protobuf.dev/programming-guides/encoding/">the
 * encoding</a> as scalars need.
 */
final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
        return key(field, VARINT).varint(value);
    }

    Message number(int field, double value) {
        return key(field, FIXED64).raw(little(Double.BYTES).putDouble(value));
    }

    Message number(int field, float value) {
        return key(field, FIXED32).raw(little(Float.BYTES).putFloat(value));
    }

    Message string(int field, String value) {
        return data(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
        return data(field, value.bytes());
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    private Message data(int field, byte[] value) {
        return key(field, BYTES).varint(value.length).raw(ByteBuffer.wrap(value));
    }

    private Message key(int field, int type) {
        return varint((long) field << 3 | type);
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private Message varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    private Message raw(ByteBuffer bytes) {
        out.writeBytes(bytes.array());
        return this;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
