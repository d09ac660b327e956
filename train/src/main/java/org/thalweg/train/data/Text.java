package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * UTF-8 text as a row of characters (Unicode code points), any of which can be reached at once; it may be larger than
 * memory.
 */
public final class Text {
    /** Characters between two whose place is remembered: 8 bytes for so many. */
    private static final int STRIDE = 1024;

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final MemorySegment bytes;
    private final String source;
    private final long length;

    /** Where characters 0, {@value #STRIDE} and so on begin; empty if every character is one byte. */
    private final long[] places;

    private Text(MemorySegment bytes, String source, long length, long[] places) {
        this.bytes = bytes;
        this.source = source;
        this.length = length;
        this.places = places;
    }

    /**
     * Reads the text once to its end, to check it and to note places.
     *
     * @param bytes kept and read again when characters are copied; a byte order mark at their beginning is left out
     * @param source what to call the text in errors
     * @throws DataException naming the offset of the first byte that is not UTF-8
     */
    public static Text of(MemorySegment bytes, String source) {
        Cursor cursor = new Cursor(bytes, source, 0);
        if (bytes.byteSize() >= 3 && cursor.next() == BYTE_ORDER_MARK) {
            return of(bytes.asSlice(3), source);
        }
        cursor = new Cursor(bytes, source, 0);
        long[] places = new long[16];
        long length = 0;
        for (; cursor.place < bytes.byteSize(); length++) {
            if (length % STRIDE == 0) {
                int index = Math.toIntExact(length / STRIDE);
                places = index < places.length ? places : Arrays.copyOf(places, 2 * places.length);
                places[index] = cursor.place;
            }
            cursor.next();
        }
        boolean single = length == bytes.byteSize();
        return new Text(bytes, source, length, single ? new long[0] : places);
    }

    /** Characters in all. */
    public long length() {
        return length;
    }

    /**
     * Copies characters as int64. Any thread may, and several at once.
     *
     * @param from the first of them, from 0
     * @param count as many as there are from there, or fewer
     */
    void copy(long from, int count, MemorySegment slot) {
        try {
            Cursor cursor = at(from);
            for (int i = 0; i < count; i++) {
                slot.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, cursor.next());
            }
        } catch (InternalError e) {
            throw DataFile.vanished(source, e);
        }
    }

    /** Calls for every character of a part, in order. */
    void forEach(long from, long to, IntConsumer action) {
        Cursor cursor = at(from);
        for (long i = from; i < to; i++) {
            action.accept(cursor.next());
        }
    }

    private Cursor at(long character) {
        if (places.length == 0) {
            return new Cursor(bytes, source, character);
        }
        Cursor cursor = new Cursor(bytes, source, places[(int) (character / STRIDE)]);
        for (long i = character % STRIDE; i > 0; i--) {
            cursor.next();
        }
        return cursor;
    }

    /** A place in UTF-8 bytes (RFC 3629). */
    private static final class Cursor {
        private final MemorySegment bytes;
        private final String source;
        private long place;

        Cursor(MemorySegment bytes, String source, long place) {
            this.bytes = bytes;
            this.source = source;
            this.place = place;
        }

        /** The character here; moves behind it. */
        int next() {
            int first = bytes.get(ValueLayout.JAVA_BYTE, place);
            if (first >= 0) {
                place++;
                return first;
            }
            int more = first >> 5 == -2 ? 1 : first >> 4 == -2 ? 2 : first >> 3 == -2 ? 3 : 0;
            if (more == 0 || place + more >= bytes.byteSize()) {
                throw broken();
            }
            int character = first & (0x3F >> more);
            for (int i = 1; i <= more; i++) {
                int next = bytes.get(ValueLayout.JAVA_BYTE, place + i);
                if (next >> 6 != -2) {
                    throw broken();
                }
                character = character << 6 | (next & 0x3F);
            }
            boolean overlong = character < (more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000);
            boolean surrogate = character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
            if (overlong || surrogate || character > Character.MAX_CODE_POINT) {
                throw broken();
            }
            place += 1 + more;
            return character;
        }

        private DataException broken() {
            return new DataException("%s, offset %d: not UTF-8 text; save it as UTF-8".formatted(source, place));
        }
    }
}
