package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Course;
import org.thalweg.train.Extras;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Order;
import org.thalweg.train.data.Parts;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Share;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.TargetKind;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.Square;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.layer.Activation.Tanh;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.predict.Predictor;
import org.thalweg.train.worker.Workers;
import scala.Tuple2;

/** Trainings on tables, in Spark's local mode. */
class TableTest {
    private static final StructType POINTS = new StructType(new StructField[] {
        DataTypes.createStructField("x", DataTypes.createArrayType(DataTypes.DoubleType), true),
        DataTypes.createStructField("y", DataTypes.IntegerType, true),
        DataTypes.createStructField("kind", DataTypes.StringType, true),
        DataTypes.createStructField("far", DataTypes.DoubleType, true)
    });

    @TempDir
    Path folder;

    /** Points in a ring around others. */
    private static List<Row> points(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double angle = i * 2.4;
            double radius = i % 2 == 0 ? 1 + i % 7 * 0.1 : 3 + i % 5 * 0.1;
            rows.add(RowFactory.create(
                    new Double[] {radius * Math.cos(angle), radius * Math.sin(angle)},
                    i % 3,
                    i % 2 == 0 ? "inner" : "outer",
                    100 * radius));
        }
        return rows;
    }

    private static Dataset<Row> table(List<Row> rows) {
        return LocalSpark.SESSION.createDataFrame(rows, POINTS);
    }

    static TrainingConfig config() {
        Model model = new Model("smooth", List.of(new Linear(16), new Tanh(), new Linear(2)));
        return new TrainingConfig(model, Rules.parse("adamw"), Schedule.parse("0.03"), 10, 33, 1);
    }

    static TrainingConfig regression() {
        Model model = new Model("smooth", List.of(new Linear(16), new Tanh(), new Linear(1)));
        return new TrainingConfig(
                model,
                Rules.parse("adamw"),
                Schedule.parse("0.03"),
                new Square(),
                20,
                32,
                1,
                Extras.NONE,
                Course.PLAIN);
    }

    private SparkTraining training(int workers) {
        return new SparkTraining(LocalSpark.SESSION, workers, folder.resolve("runs"));
    }

    /** All rows in the order in which workers go through theirs. */
    private record Interleaved(Examples all, int workers) implements Examples {
        @Override
        public Shape shape() {
            return all.shape();
        }

        @Override
        public Task task() {
            return all.task();
        }

        @Override
        public int count() {
            return all.count();
        }

        @Override
        public void input(int row, MemorySegment slot) {
            all.input(row, slot);
        }

        @Override
        public void target(int row, MemorySegment slot) {
            all.target(row, slot);
        }

        @Override
        public Order order(IntFunction<int[]> permutation, Share share) {
            int[][] hands = IntStream.range(0, workers)
                    .mapToObj(worker -> permutation.apply((count() - worker + workers - 1) / workers))
                    .toArray(int[][]::new);
            return new Order.Cut(
                    IntStream.range(0, count())
                            .map(place -> hands[place % workers][place / workers] * workers + place % workers)
                            .toArray(),
                    share);
        }
    }

    /** The data of one process that holds all rows, in the order of several workers. */
    private static org.thalweg.train.data.Dataset inOneProcess(Table table, int workers) {
        Deal alone = Deal.of(table, 1);
        List<Tuple2<Long, byte[]>> rows = alone.rows().collect();
        org.thalweg.train.data.Dataset data =
                alone.source().load(0, rows.iterator()).apply(Workers.alone());
        return new org.thalweg.train.data.Dataset(
                data.name(),
                new Parts(new Interleaved(data.train(), workers), data.validation(), data.test()),
                data.form(),
                List.of(),
                data.split(),
                "",
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "4, 0.1"})
    void tasks_train_on_their_rows_what_one_process_trains_on_all(int workers, double validation) {
        Table table = Table.classes(table(points(301)), "kind", "x", "y").with(new Split(validation, 0.2, 1));
        TrainingResult one =
                Training.run(config(), inOneProcess(table, workers), folder.resolve("alone"), TrainingListener.NONE);
        TrainingResult all = training(workers).run(TableTest::config, table);
        assertThat(all.steps()).isEqualTo(one.steps());
        assertThat(Weights.distance(one, all)).isLessThan(1e-6);
        assertThat(all.testLoss()).isCloseTo(one.testLoss(), within(1e-5));
        assertThat(all.testAccuracy()).isGreaterThan(0.9);
        try (Predictor predictor = Predictor.load(all.run())) {
            assertThat(predictor.predict(0, 1.2f, 0).label()).isEqualTo("inner");
            assertThat(predictor.predict(3.2f, 0, 2).label()).isEqualTo("outer");
        }
    }

    @Test
    void neither_the_order_of_rows_nor_their_partitions_matter() {
        List<Row> rows = points(120);
        TrainingResult one = training(2).run(TableTest::config, Table.classes(table(rows), "kind", "x"));
        TrainingResult other = training(2)
                .run(TableTest::config, Table.classes(table(rows.reversed()).repartition(7), "kind", "x"));
        assertThat(other.run().resolve("weights.safetensors"))
                .hasSameBinaryContentAs(one.run().resolve("weights.safetensors"));
    }

    @Test
    void every_row_is_in_one_place() {
        Deal deal = Deal.of(Table.classes(table(points(103)), "kind").with(new Split(0.1, 0.2, 1)), 4);
        List<List<Long>> numbers = deal.rows().keys().glom().collect();
        assertThat(numbers).extracting(List::size).containsExactly(31 + 18, 18, 18, 18);
        assertThat(numbers.stream().flatMap(List::stream).sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, 103).mapToObj(i -> (long) i).toList());
        assertThat(numbers.get(1)).startsWith(32L, 36L).isSorted();
    }

    @Test
    void numbers_are_foreseen() {
        Table table = Table.numbers(table(points(200)), "far", "x").named("rings");
        TrainingResult result = training(2).run(TableTest::regression, table);
        assertThat(result.run().getFileName().toString()).startsWith("rings-smooth-");
        try (Predictor predictor = Predictor.load(result.run())) {
            assertThat(predictor.predict(3.2f, 0).values().getFirst()).isCloseTo(320, within(60.0));
            assertThat(predictor.predict(0, 1.2f).values().getFirst()).isCloseTo(120, within(60.0));
        }
    }

    @Test
    void rows_may_be_images() {
        Table table = Table.classes(table(points(60)), "kind", "x").with(Shape.image(1, 1, 2));
        TrainingResult result = training(2).run(TableTest::config, table);
        try (Predictor predictor = Predictor.load(result.run())) {
            assertThat(predictor.input()).isEqualTo(Shape.image(1, 1, 2));
        }
    }

    static Stream<Arguments> badRows() {
        Double[] x = {1.0, 2.0};
        return Stream.of(
                Arguments.of(row(x, 1, null, 1.0), "column 'kind' is null in the row"),
                Arguments.of(row(x, 1, " ", 1.0), "column 'kind' is ' ', which names no class in the row"),
                Arguments.of(row(x, null, "inner", 1.0), "column 'y' is null in the row"),
                Arguments.of(row(null, 1, "inner", 1.0), "column 'x' is null in the row"),
                Arguments.of(
                        row(new Double[] {1.0}, 1, "inner", 1.0),
                        "column 'x' has length 1, where other rows have 2, in the row [(1.0), 1, inner]"),
                Arguments.of(
                        row(new @Nullable Double[] {1.0, null}, 1, "inner", 1.0),
                        "column 'x' has a null in it in the row"),
                Arguments.of(row(new Double[] {1.0, Double.NaN}, 1, "inner", 1.0), "column 'x' is NaN in the row"),
                Arguments.of(row(new Double[] {1e300, 1.0}, 1, "inner", 1.0), "column 'x' is 1.0E300 in the row"));
    }

    private static Row row(Double @Nullable [] x, @Nullable Integer y, @Nullable String kind, Double far) {
        return RowFactory.create(x, y, kind, far);
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void a_row_that_cannot_be_trained_on_is_told_with_the_column(Row bad, String complaint) {
        List<Row> rows = new ArrayList<>(points(20));
        rows.add(bad);
        assertThatThrownBy(() -> Deal.of(Table.classes(table(rows), "kind", "x", "y"), 2))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(complaint)
                .hasMessageEndingWith("]: mend it or leave the row out");
    }

    @Test
    void labels_that_are_no_numbers_are_told() {
        List<Row> rows = new ArrayList<>(points(20));
        rows.add(row(new Double[] {1.0, 2.0}, 1, "inner", Double.POSITIVE_INFINITY));
        assertThatThrownBy(() -> Deal.of(Table.numbers(table(rows), "far", "x"), 2))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("column 'far' is Infinity, which is no number to be foreseen in the row");
        assertThatThrownBy(() -> Deal.of(Table.numbers(table(points(20)), "kind", "x"), 2))
                .hasMessageMatching("column 'kind' is (inner|outer), which is no number to be foreseen in the row .*");
    }

    static Stream<Arguments> badTables() {
        return Stream.of(
                Arguments.of(
                        Table.classes(table(points(20)), "class"),
                        "the table has no column 'class' among [x, y, kind, far]"),
                Arguments.of(
                        Table.classes(table(points(20)), "kind", "z"),
                        "the table has no column 'z' among [x, y, kind, far]"),
                Arguments.of(
                        Table.classes(table(points(20)), "kind", "x", "kind"),
                        "beside the label 'kind' there have to be columns of features, but they are [x, kind]"),
                Arguments.of(
                        Table.classes(table(points(20)), "y", "kind"),
                        "column 'kind' is of type string, but features are numbers or arrays of numbers"),
                Arguments.of(
                        Table.classes(table(points(20)), "kind", "x").with(Shape.image(1, 2, 2)),
                        "the 2 numbers of a row in columns [x] do not make examples of shape"),
                Arguments.of(
                        Table.classes(table(points(2)), "kind", "x").with(new Split(0, 0.5, 1)),
                        "of 2 rows 1 are left to train on, but each of 2 workers needs one"),
                Arguments.of(Table.classes(table(points(2)), "kind", "x"), "a test part of 0.2 of 2 rows is empty"));
    }

    @ParameterizedTest
    @MethodSource("badTables")
    void a_table_that_cannot_be_trained_on_is_refused(Table bad, String complaint) {
        assertThatThrownBy(() -> Deal.of(bad, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(complaint);
    }

    @Test
    void an_empty_table_is_refused() {
        assertThatThrownBy(() -> Deal.of(Table.classes(table(List.of()), "kind", "x"), 2))
                .hasMessage("the table has no rows");
    }

    @Test
    void whole_numbers_name_classes_in_any_type() {
        Lines lines = new Lines(TargetKind.CLASSES, "label", 0, List.of(), 1);
        for (Object value : List.of(3, 3L, (short) 3, 3.0, 3f, new BigDecimal("3.00"))) {
            assertThat(Lines.label(lines.read(RowFactory.create(value))._2(), 0))
                    .isEqualTo("3");
        }
        assertThatThrownBy(() -> lines.read(RowFactory.create(3.5)))
                .hasMessageContaining("is '3.5', which names no class");
    }
}
