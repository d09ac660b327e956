package org.thalweg.train.data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images as rows of a CSV file without a header: the pixels, then the label.
 *
 * @param shape of each image
 * @param brightest pixels are whole numbers from 0 to this, at most 255
 * @param classes labels are 0 to classes-1
 */
public record CsvImages(Shape shape, int brightest, int classes) {
    /**
     * Reads all rows.
     *
     * @param text UTF-8; read to its end, not closed
     * @param source what to call the file in errors
     * @throws DataException naming the file, line and column of the first thing that is wrong
     */
    public MemoryExamples read(InputStream text, String source) {
        Reader reader = new InputStreamReader(text, StandardCharsets.UTF_8);
        try (CsvReader<CsvRecord> csv = format().ofCsvRecord(reader)) {
            List<int[]> rows = csv.stream().map(row -> numbers(row, source)).toList();
            if (rows.isEmpty()) {
                throw new DataException("%s has no rows".formatted(source));
            }
            return examples(rows);
        } catch (UncheckedIOException | IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(source, e.getMessage()), e);
        } catch (de.siegmar.fastcsv.reader.CsvParseException e) {
            throw new DataException("%s is not a CSV file: %s".formatted(source, e.getMessage()), e);
        }
    }

    /** Rows of another length are let through here, to be refused with the line they are on. */
    private static CsvReader.CsvReaderBuilder format() {
        return CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    }

    private MemoryExamples examples(List<int[]> rows) {
        byte[] pixels = new byte[Math.multiplyExact(rows.size(), shape.size())];
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < shape.size(); i++) {
                pixels[row * shape.size() + i] = (byte) rows.get(row)[i];
            }
        }
        int[] labels = rows.stream().mapToInt(row -> row[shape.size()]).toArray();
        return MemoryExamples.ofBytes(shape, classes, pixels, labels);
    }

    private int[] numbers(CsvRecord row, String source) {
        int columns = shape.size() + 1;
        if (row.getFieldCount() != columns) {
            throw new DataException("%s, line %d: %d columns where %d were expected"
                    .formatted(source, row.getStartingLineNumber(), row.getFieldCount(), columns));
        }
        return IntStream.range(0, columns)
                .map(column -> number(row, column, column == shape.size() ? classes - 1 : brightest, source))
                .toArray();
    }

    private static int number(CsvRecord row, int column, int largest, String source) {
        String cell = row.getField(column);
        try {
            int value = Integer.parseInt(cell.strip());
            if (value >= 0 && value <= largest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through: to the user it is the same mistake as a number out of range.
        }
        throw new DataException("%s, line %d, column %d: '%s' is not a whole number from 0 to %d"
                .formatted(source, row.getStartingLineNumber(), column + 1, shortened(cell), largest));
    }

    private static String shortened(String cell) {
        return cell.length() <= 40 ? cell : cell.substring(0, 40) + "...";
    }
}
