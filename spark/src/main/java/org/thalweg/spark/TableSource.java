package org.thalweg.spark;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Fitting;
import org.thalweg.train.data.MemoryExamples;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Shards;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.TargetKind;
import org.thalweg.train.worker.Workers;
import scala.Tuple2;

/** Rows that were dealt out: each worker has its own in memory. */
record TableSource(
        String name,
        TargetKind kind,
        Shape.Kind form,
        List<Integer> lengths,
        List<String> classes,
        String fitting,
        double validation,
        double test,
        long seed,
        Sizes sizes)
        implements Source {
    static TableSource of(Table table, Shape shape, Survey survey, Sizes sizes) {
        return new TableSource(
                table.name(),
                table.kind(),
                shape.kind(),
                shape.sizes(),
                survey.classes(),
                Fitting.format(table.fitting()),
                table.split().validation(),
                table.split().test(),
                table.split().seed(),
                sizes);
    }

    @Override
    public Function<Workers, Dataset> load(int rank, Iterator<Tuple2<Long, byte[]>> rows) {
        Optional<Shards.Aside> aside = rank == 0 ? Optional.of(aside(rows)) : Optional.empty();
        Examples train = read(rows, sizes.train(rank));
        Shards shards =
                new Shards(name, train, aside, classes, Fitting.parse(fitting), new Split(validation, test, seed));
        return shards::dataset;
    }

    /** They come first. */
    private Shards.Aside aside(Iterator<Tuple2<Long, byte[]>> rows) {
        Examples tests = read(rows, sizes.test());
        return new Shards.Aside(
                sizes.validation() == 0 ? Optional.empty() : Optional.of(read(rows, sizes.validation())), tests);
    }

    private Examples read(Iterator<Tuple2<Long, byte[]>> rows, int count) {
        Shape shape = new Shape(form, lengths);
        int width = shape.size();
        MemorySegment inputs = MemoryExamples.floats((long) count * width);
        float[] numbers = new float[width];
        List<String> answers = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            byte[] line = rows.next()._2();
            Lines.features(line, numbers);
            MemorySegment.copy(numbers, 0, inputs, ValueLayout.JAVA_FLOAT, (long) row * width * Float.BYTES, width);
            answers.add(Lines.label(line, width));
        }
        return switch (kind) {
            case NUMBERS ->
                MemoryExamples.numbers(
                        shape, inputs, answers.stream().map(Double::valueOf).toList());
            case CLASSES -> MemoryExamples.classes(shape, classes.size(), inputs, labels(answers));
        };
    }

    private int[] labels(List<String> answers) {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        return answers.stream()
                .mapToInt(answer -> Objects.requireNonNull(numbers.get(answer)))
                .toArray();
    }
}
