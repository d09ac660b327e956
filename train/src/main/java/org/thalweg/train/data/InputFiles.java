package org.thalweg.train.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Files of inputs for a model that is already trained: they have no targets, or ones that do not matter. */
public final class InputFiles {
    private static final float WHITE = 255;

    private InputFiles() {}

    /**
     * Reads an image as those in an image folder are read: resized with bilinear interpolation, without keeping its
     * proportions, grey where there is one channel.
     *
     * @param file PNG or JPEG
     * @param shape 1 or 3 channels
     * @param brightest the number that white becomes
     * @throws DataException naming the file if it is no image
     * @throws IllegalArgumentException if the shape is no such image's
     */
    public static float[] image(Path file, Shape shape, float brightest) {
        ImageExamples image = new ImageExamples(shape, 1, List.of(ImageFile.read(file, 0)));
        float[] pixels = new float[shape.size()];
        image.input(0, MemorySegment.ofArray(pixels));
        for (int i = 0; i < pixels.length && brightest != WHITE; i++) {
            pixels[i] *= brightest / WHITE;
        }
        return pixels;
    }

    /**
     * Reads a CSV file's rows, plain or gzipped, with a header or without. A row has as many numbers as are wanted, or one cell
     * more, which is left out.
     *
     * @param features numbers in a row
     * @param target the column to leave out where there is one more, by its name in the header or its number from 1; the last
     *     if empty
     * @throws DataException naming the file, line and column of the first thing that is wrong
     */
    public static List<float[]> rows(Path file, int features, Optional<String> target) {
        return DataFile.read(file, in -> rows(in, new Table(file.toString(), features, target)));
    }

    private static List<float[]> rows(InputStream in, Table table) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        CsvReader.CsvReaderBuilder format = CsvReader.builder()
                .fieldSeparator(Csv.separator(reader))
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // refused below, with the line they are on
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        try (CsvReader<CsvRecord> csv = format.ofCsvRecord(reader)) {
            return table.read(csv.iterator());
        } catch (UncheckedIOException e) {
            throw new DataException("%s cannot be read: %s".formatted(table.source, e.getMessage()), e);
        } catch (CsvParseException e) {
            throw new DataException("%s is not a CSV file: %s".formatted(table.source, e.getMessage()), e);
        }
    }

    /** How a table's rows are read. */
    private record Table(String source, int features, Optional<String> target) {
        List<float[]> read(Iterator<CsvRecord> records) {
            List<float[]> rows = new ArrayList<>();
            if (records.hasNext()) {
                CsvRecord first = records.next();
                Columns columns = columns(first);
                if (!columns.isHeader(first)) {
                    rows.add(columns.numbers(first));
                }
                records.forEachRemaining(row -> rows.add(columns.numbers(row)));
            }
            if (rows.isEmpty()) {
                throw new DataException("%s has no rows of numbers".formatted(source));
            }
            return rows;
        }

        private Columns columns(CsvRecord first) {
            int columns = first.getFieldCount();
            if (columns != features && columns != features + 1) {
                throw new DataException("%s, line %d: %,d columns, but the model takes %,d numbers"
                        .formatted(source, first.getStartingLineNumber(), columns, features));
            }
            return new Columns(source, columns, columns == features ? Optional.empty() : Optional.of(leftOut(first)));
        }

        /** The target's column, from 0. */
        private int leftOut(CsvRecord first) {
            List<String> names = first.getFields().stream().map(String::strip).toList();
            String wanted = target.orElse("").strip();
            if (names.contains(wanted)) {
                return names.indexOf(wanted);
            }
            boolean numbered = wanted.matches("[1-9]\\d{0,8}") && Integer.parseInt(wanted) <= names.size();
            return numbered ? Integer.parseInt(wanted) - 1 : names.size() - 1;
        }
    }

    /**
     * A table's columns.
     *
     * @param leftOut the one that is not read, from 0, if there is one
     */
    private record Columns(String source, int count, Optional<Integer> leftOut) {
        private int[] read() {
            return IntStream.range(0, count)
                    .filter(column -> !leftOut.equals(Optional.of(column)))
                    .toArray();
        }

        /** Whether nothing in it is a number. */
        boolean isHeader(CsvRecord row) {
            return IntStream.of(read())
                    .allMatch(column -> Csv.number(row.getField(column)).isEmpty());
        }

        float[] numbers(CsvRecord row) {
            if (row.getFieldCount() != count) {
                throw new DataException("%s, line %d: %,d columns where %,d were expected"
                        .formatted(source, row.getStartingLineNumber(), row.getFieldCount(), count));
            }
            int[] read = read();
            float[] numbers = new float[read.length];
            for (int i = 0; i < read.length; i++) {
                numbers[i] = number(row, read[i]);
            }
            return numbers;
        }

        private float number(CsvRecord row, int column) {
            return Csv.number(row.getField(column))
                    .orElseThrow(() -> new DataException("%s, line %d, column %d: '%s' is not a number"
                            .formatted(
                                    source,
                                    row.getStartingLineNumber(),
                                    column + 1,
                                    Csv.shortened(row.getField(column)))));
        }
    }
}
