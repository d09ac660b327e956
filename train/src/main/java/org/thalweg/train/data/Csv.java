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
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table of numbers as text: one example a line, cells between commas, semicolons or tabs, whichever the first line has
 * most of; quotes as in RFC 4180. One column is the target; all others are features.
 *
 * @param target the target's column: its name in the header, or its number from 1; the last if empty
 * @param header whether the first line names the columns; if empty it does where a feature in it is no number
 * @param kind whether targets are classes or numbers; if empty, what they look like
 * @param shape that each row's features are arranged in; a vector if empty
 */
record Csv(Optional<String> target, Optional<Boolean> header, Optional<TargetKind> kind, Optional<Shape> shape) {
    private static final int LONGEST_QUOTED = 40;
    private static final int LONGEST_FIRST_LINE = 1 << 20;

    /**
     * Reads a whole file.
     *
     * @param text UTF-8; read to its end, not closed
     * @param source what to call the file in errors
     * @throws DataException naming the file, line and column of the first thing that is wrong
     */
    CsvTable read(InputStream text, String source) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
        char separator = separator(reader);
        CsvReader.CsvReaderBuilder format = CsvReader.builder()
                .fieldSeparator(separator)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // refused below, with the line they are on
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
        try (CsvReader<CsvRecord> csv = format.ofCsvRecord(reader)) {
            return rows(csv.iterator(), source);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            throw new DataException("%s is not a CSV file: %s".formatted(source, e.getMessage()), e);
        }
    }

    static char separator(BufferedReader reader) throws IOException {
        reader.mark(LONGEST_FIRST_LINE);
        int[] counts = new int[3];
        char[] separators = {',', ';', '\t'};
        for (int read = 0; read < LONGEST_FIRST_LINE - 1; read++) {
            int next = reader.read();
            if (next < 0 || (next == '\n' && counts[0] + counts[1] + counts[2] > 0)) {
                break;
            }
            for (int i = 0; i < separators.length; i++) {
                counts[i] += next == separators[i] ? 1 : 0;
            }
        }
        reader.reset();
        int most = IntStream.range(0, 3).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
        return separators[most];
    }

    private CsvTable rows(Iterator<CsvRecord> rows, String source) {
        if (!rows.hasNext()) {
            throw new DataException("%s has no rows".formatted(source));
        }
        CsvRecord first = rows.next();
        int columns = first.getFieldCount();
        if (columns < 2) {
            throw new DataException("%s, line %d: one column, but features and a target are needed"
                    .formatted(source, first.getStartingLineNumber()));
        }
        int targetColumn = targetColumn(first, source);
        boolean named = header.orElseGet(() -> looksLikeHeader(first, targetColumn));
        CsvTable table = new CsvTable(source, columns, named ? List.copyOf(first.getFields()) : List.of());
        if (!named) {
            add(table, first, targetColumn, source);
        }
        while (rows.hasNext()) {
            add(table, rows.next(), targetColumn, source);
        }
        if (table.isEmpty()) {
            throw new DataException("%s has a header, but no rows below it".formatted(source));
        }
        return table;
    }

    /** From 0. */
    private int targetColumn(CsvRecord first, String source) {
        int columns = first.getFieldCount();
        if (target.isEmpty()) {
            return columns - 1;
        }
        String wanted = target.get().strip();
        List<String> names = first.getFields().stream().map(String::strip).toList();
        if (names.contains(wanted) && !header.equals(Optional.of(false))) {
            return names.indexOf(wanted);
        }
        if (wanted.matches("\\d{1,9}") && Integer.parseInt(wanted) >= 1 && Integer.parseInt(wanted) <= columns) {
            return Integer.parseInt(wanted) - 1;
        }
        throw new DataException("%s, line %d: there is no column '%s' among %s, and %d columns"
                .formatted(
                        source,
                        first.getStartingLineNumber(),
                        shortened(wanted),
                        shortened(names.toString()),
                        columns));
    }

    /** A feature that is no number, or the target's name where it was asked for. */
    private boolean looksLikeHeader(CsvRecord first, int targetColumn) {
        return IntStream.range(0, first.getFieldCount())
                .anyMatch(column -> column == targetColumn
                        ? target.filter(first.getField(column).strip()::equals).isPresent()
                                && number(first.getField(column)).isEmpty()
                        : number(first.getField(column)).isEmpty());
    }

    private static void add(CsvTable table, CsvRecord row, int targetColumn, String source) {
        int columns = table.columns();
        long line = row.getStartingLineNumber();
        if (row.getFieldCount() != columns) {
            throw new DataException("%s, line %d: %d columns where %d were expected"
                    .formatted(source, line, row.getFieldCount(), columns));
        }
        float[] features = new float[columns - 1];
        for (int column = 0, at = 0; column < columns; column++) {
            if (column != targetColumn) {
                features[at++] = feature(row.getField(column), column, line, source);
            }
        }
        String answer = row.getField(targetColumn).strip();
        if (answer.isEmpty()) {
            throw new DataException("%s, line %d, column %d: the target is empty; fill it in or leave the row out"
                    .formatted(source, line, targetColumn + 1));
        }
        table.add(features, answer, line, targetColumn + 1);
    }

    private static float feature(String cell, int column, long line, String source) {
        return number(cell)
                .orElseThrow(() -> new DataException("%s, line %d, column %d: '%s' is not a number"
                        .formatted(source, line, column + 1, shortened(cell))));
    }

    /** A decimal number that a float32 can hold. */
    static Optional<Float> number(String cell) {
        String text = cell.strip();
        if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
            return Optional.empty(); // Java would read NaN, 1d and 1f
        }
        try {
            return Optional.of(Float.parseFloat(text)).filter(Float::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static String shortened(String text) {
        String cut = text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "...";
        return cut.replaceAll("\\p{IsControl}", "?");
    }

    /** The examples of a file's rows. */
    ExampleCorpus corpus(String name, CsvTable table, String attribution) {
        return table.corpus(name, kind, shape, attribution);
    }
}
