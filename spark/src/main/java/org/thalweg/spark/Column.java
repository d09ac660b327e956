package org.thalweg.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.thalweg.train.data.DataException;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A column of features.
 *
 * @param place in the rows that are read, from 0
 * @param width how many numbers it holds in each row
 */
record Column(String name, int place, boolean array, int width) implements Serializable {
    /**
     * What a column is like.
     *
     * @param first row, which says how long arrays are
     * @throws IllegalArgumentException if it holds no numbers
     */
    static Column of(String name, DataType type, int place, Row first) {
        boolean array = type instanceof ArrayType list && isNumber(list.elementType());
        if (!array && !isNumber(type)) {
            throw new IllegalArgumentException(
                    ("column '%s' is of type %s, but features are numbers or arrays of numbers (org.apache.spark.ml.functions"
                                    + ".vector_to_array makes an array of a vector)")
                            .formatted(name, type.simpleString()));
        }
        Column column = new Column(name, place, array, 1);
        if (!array) {
            return column;
        }
        int width = column.values(first).size();
        if (width == 0) {
            throw column.wrong("is empty", first);
        }
        return new Column(name, place, true, width);
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    /**
     * Reads a row's numbers.
     *
     * @param from where the first of them goes
     * @throws DataException if one is missing or not finite, or there are more or fewer than in the first row
     */
    void read(Row row, float[] numbers, int from) {
        List<?> values = array ? values(row) : List.of(present(row));
        if (values.size() != width) {
            throw wrong("has length %,d, where other rows have %,d,".formatted(values.size(), width), row);
        }
        for (int i = 0; i < width; i++) {
            float number = number(values.get(i));
            if (!Float.isFinite(number)) {
                throw wrong(values.get(i) == null ? "has a null in it" : "is %s".formatted(values.get(i)), row);
            }
            numbers[from + i] = number;
        }
    }

    private List<?> values(Row row) {
        present(row);
        return CollectionConverters.asJava(row.getSeq(place));
    }

    private Object present(Row row) {
        if (row.isNullAt(place)) {
            throw wrong("is null", row);
        }
        return row.get(place);
    }

    private static float number(Object value) {
        return switch (value) {
            case Number number -> number.floatValue();
            case Boolean yes -> yes ? 1 : 0;
            case null, default -> Float.NaN;
        };
    }

    private DataException wrong(String what, Row row) {
        return Lines.wrong(name, what, row);
    }
}
