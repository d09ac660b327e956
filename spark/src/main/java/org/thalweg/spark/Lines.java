package org.thalweg.spark;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Row;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.data.TargetKind;
import scala.Tuple2;

/**
 * How rows become bytes that any of Spark's serializers takes: the features as float32, then the label as text.
 *
 * @param columns of features
 * @param place of the label in a row
 * @param seed of the order that rows are put in
 */
record Lines(TargetKind kind, String label, int place, List<Column> columns, long seed) implements Serializable {
    private static final int LONGEST_SHOWN = 120;

    /** Numbers in a row. */
    int width() {
        return columns.stream().mapToInt(Column::width).sum();
    }

    /**
     * Reads a row.
     *
     * @return its bytes, behind a hash of them
     * @throws DataException if it cannot be trained on
     */
    Tuple2<Long, byte[]> read(Row row) {
        float[] numbers = new float[width()];
        int from = 0;
        for (Column column : columns) {
            column.read(row, numbers, from);
            from += column.width();
        }
        byte[] answer = answer(row).getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES + answer.length);
        bytes.asFloatBuffer().put(numbers);
        bytes.put(numbers.length * Float.BYTES, answer);
        return new Tuple2<>(hash(bytes), bytes.array());
    }

    private String answer(Row row) {
        if (row.isNullAt(place)) {
            throw wrong(label, "is null", row);
        }
        Object value = row.get(place);
        if (kind == TargetKind.CLASSES) {
            return className(value, row);
        }
        if (!(value instanceof Number number) || !Float.isFinite(number.floatValue())) {
            throw wrong(label, "is %s, which is no number to be foreseen".formatted(value), row);
        }
        return Double.toString(number.doubleValue());
    }

    private String className(Object value, Row row) {
        return switch (value) {
            case String text when !text.isBlank() -> text;
            case Boolean yes -> yes.toString();
            case Byte _, Short _, Integer _, Long _ -> value.toString();
            case BigDecimal number
            when number.stripTrailingZeros().scale() <= 0 ->
                number.toBigInteger().toString();
            case Number number when number.doubleValue() == number.longValue() -> Long.toString(number.longValue());
            default -> throw wrong(label, "is '%s', which names no class".formatted(value), row);
        };
    }

    /** One sentence about a row, which Spark gives no number. */
    static DataException wrong(String column, String what, Row row) {
        String shown = row.mkString("[", ", ", "]").replace("ArraySeq", ""); // Scala's name for an array
        return new DataException("column '%s' %s in the row %s: mend it or leave the row out"
                .formatted(
                        column,
                        what,
                        shown.length() <= LONGEST_SHOWN ? shown : shown.substring(0, LONGEST_SHOWN) + "..."));
    }

    /** Of equal rows equal, of others as good as random. */
    private long hash(ByteBuffer bytes) {
        long hash = seed;
        for (int at = 0; at + Long.BYTES <= bytes.capacity(); at += Long.BYTES) {
            hash = mixed(hash, bytes.getLong(at));
        }
        long rest = bytes.capacity();
        for (int at = bytes.capacity() / Long.BYTES * Long.BYTES; at < bytes.capacity(); at++) {
            rest = rest << Byte.SIZE | (bytes.get(at) & 0xFF);
        }
        return mixed(hash, rest);
    }

    private static long mixed(long hash, long next) {
        return SplitMix64.stream(hash, next).next();
    }

    /** The features of a row that was read. */
    static void features(byte[] line, float[] numbers) {
        ByteBuffer.wrap(line).asFloatBuffer().get(numbers);
    }

    /** The label of a row that was read. */
    static String label(byte[] line, int width) {
        int from = width * Float.BYTES;
        return new String(line, from, line.length - from, StandardCharsets.UTF_8);
    }
}
