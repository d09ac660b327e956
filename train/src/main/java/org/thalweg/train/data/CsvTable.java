package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The rows of a CSV file. */
final class CsvTable {
    /** More classes than these are numbered by nobody without saying so. */
    private static final int MOST_NUMBERED_CLASSES = 1000;

    private final String source;
    private final int columns;
    private final List<String> header;
    private final List<float[]> features = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final Map<String, String> sameAnswers = new HashMap<>();
    private int targetColumn;

    CsvTable(String source, int columns, List<String> header) {
        this.source = source;
        this.columns = columns;
        this.header = header;
    }

    int columns() {
        return columns;
    }

    /** The columns' names; empty if they have none. */
    List<String> header() {
        return header;
    }

    boolean isEmpty() {
        return answers.isEmpty();
    }

    /**
     * Adds a row.
     *
     * @param column the target's, from 1
     */
    void add(float[] row, String answer, long line, int column) {
        features.add(row);
        answers.add(sameAnswers.computeIfAbsent(answer, same -> same));
        lines.add(line);
        targetColumn = column;
    }

    ExampleCorpus corpus(String name, Optional<TargetKind> kind, Optional<Shape> wanted, String attribution) {
        Shape shape = wanted.orElseGet(() -> Shape.vector(columns - 1));
        if (shape.size() != columns - 1 || shape.kind() == Shape.Kind.TOKENS) {
            throw new DataException("%s has %d features in a row, which do not make examples of shape %s"
                    .formatted(source, columns - 1, shape));
        }
        if (kind.orElseGet(this::likely) == TargetKind.NUMBERS) {
            Examples examples = MemoryExamples.numbers(shape, inputs(), numbers());
            return new ExampleCorpus(name, examples, Optional.empty(), List.of(), attribution);
        }
        List<String> classes = classes();
        Map<String, Integer> labels = new HashMap<>();
        classes.forEach(one -> labels.put(one, labels.size()));
        int[] rows = answers.stream().mapToInt(labels::get).toArray();
        Examples examples = MemoryExamples.classes(shape, classes.size(), inputs(), rows);
        return new ExampleCorpus(name, examples, Optional.empty(), classes, attribution);
    }

    /** What the targets look like. */
    private TargetKind likely() {
        if (sameAnswers.keySet().stream().anyMatch(answer -> Csv.number(answer).isEmpty())) {
            return TargetKind.CLASSES;
        }
        if (sameAnswers.keySet().stream().anyMatch(answer -> !answer.matches("[+-]?\\d{1,9}"))) {
            return TargetKind.NUMBERS;
        }
        List<Integer> values = sameAnswers.keySet().stream()
                .map(Integer::valueOf)
                .distinct()
                .sorted()
                .toList();
        boolean counted = values.getFirst() >= 0
                && values.getFirst() <= 1
                && values.getLast() - values.getFirst() == values.size() - 1
                && values.size() <= MOST_NUMBERED_CLASSES
                && values.size() * 2 <= answers.size();
        if (!counted) {
            throw new DataException(
                    "%s, column %d: its whole numbers may be classes or numbers; say --task classes or --task numbers"
                            .formatted(source, targetColumn));
        }
        return TargetKind.CLASSES;
    }

    /** Numbers by size, before words by the alphabet. */
    private List<String> classes() {
        Comparator<String> bySize = Comparator.comparing(
                answer -> Csv.number(answer).map(Float::doubleValue).orElse(Double.POSITIVE_INFINITY));
        TreeSet<String> sorted = new TreeSet<>(bySize.thenComparing(Comparator.naturalOrder()));
        sorted.addAll(sameAnswers.keySet());
        return List.copyOf(sorted);
    }

    private List<Double> numbers() {
        return IntStream.range(0, answers.size())
                .mapToObj(row -> Csv.number(answers.get(row))
                        .map(Float::doubleValue)
                        .orElseThrow(() -> new DataException("%s, line %d, column %d: '%s' is not a number"
                                .formatted(source, lines.get(row), targetColumn, Csv.shortened(answers.get(row))))))
                .toList();
    }

    private MemorySegment inputs() {
        int width = columns - 1;
        MemorySegment inputs = MemoryExamples.floats((long) width * features.size());
        for (int row = 0; row < features.size(); row++) {
            MemorySegment.copy(
                    features.get(row), 0, inputs, ValueLayout.JAVA_FLOAT, (long) row * width * Float.BYTES, width);
        }
        return inputs;
    }
}
