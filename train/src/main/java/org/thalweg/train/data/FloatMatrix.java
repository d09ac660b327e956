package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** A matrix of float32 that does not change. */
public final class FloatMatrix {
    private static final ValueLayout.OfFloat LITTLE_ENDIAN =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Numbers of a row that are added up side by side, so that the processor can do them at once. */
    private static final int LANES = 16;

    private final int rows;
    private final int columns;
    private final float[] numbers;

    private FloatMatrix(int rows, int columns, float[] numbers) {
        if (rows < 1 || columns < 1 || numbers.length != (long) rows * columns) {
            throw new IllegalArgumentException(
                    "a matrix of %dx%d does not have %d numbers".formatted(rows, columns, numbers.length));
        }
        this.rows = rows;
        this.columns = columns;
        this.numbers = numbers;
    }

    /**
     * A copy of the numbers.
     *
     * @param numbers row by row
     */
    public static FloatMatrix of(int rows, int columns, float[] numbers) {
        return new FloatMatrix(rows, columns, numbers.clone());
    }

    static FloatMatrix ofBase64(int rows, int columns, String text) {
        MemorySegment bytes = MemorySegment.ofArray(Base64.getDecoder().decode(text));
        if (bytes.byteSize() != (long) rows * columns * Float.BYTES) {
            throw new IllegalArgumentException(
                    "a matrix of %dx%d does not take %d bytes".formatted(rows, columns, bytes.byteSize()));
        }
        return new FloatMatrix(rows, columns, bytes.toArray(LITTLE_ENDIAN));
    }

    String base64() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.multiplyExact(numbers.length, Float.BYTES)]);
        MemorySegment.copy(numbers, 0, bytes, LITTLE_ENDIAN, 0, numbers.length);
        return Base64.getEncoder().encodeToString((byte[]) bytes.heapBase().orElseThrow());
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The number at a place, rows and columns counted from 0. */
    public float at(int row, int column) {
        return numbers[row * columns + column];
    }

    /**
     * The products with some columns; each is the same to the last bit with whichever others it is computed.
     *
     * @return one for each column
     */
    float[][] times(float[][] vectors) {
        float[][] products = new float[vectors.length][rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < vectors.length; i++) { // while the row is in the cache
                products[i][row] = dot(row * columns, vectors[i]);
            }
        }
        return products;
    }

    private float dot(int from, float[] column) {
        float[] sums = new float[LANES];
        int whole = columns - columns % LANES;
        for (int i = 0; i < whole; i += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] += numbers[from + i + lane] * column[i + lane];
            }
        }
        double sum = 0;
        for (int lane = 0; lane < LANES; lane++) {
            sum += sums[lane];
        }
        for (int i = whole; i < columns; i++) {
            sum += numbers[from + i] * column[i];
        }
        return (float) sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatMatrix matrix
                && rows == matrix.rows
                && columns == matrix.columns
                && Arrays.equals(numbers, matrix.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * rows + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "matrix of %dx%d".formatted(rows, columns);
    }
}
