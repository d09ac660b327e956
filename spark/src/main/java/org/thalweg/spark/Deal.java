package org.thalweg.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Shape;
import scala.Tuple2;

/**
 * A table's rows as the workers get them: numbered in the order of their hashes, those that are set aside with the first worker, the
 * others round among all.
 *
 * @param rows by number, in order, in one partition for each worker
 * @param source what the tasks make of them
 */
record Deal(JavaPairRDD<Long, byte[]> rows, TableSource source) {
    /**
     * Checks and numbers all rows, which Spark does in jobs of their own, and has them dealt when the tasks ask for them.
     *
     * @throws DataException if a row cannot be trained on
     * @throws IllegalArgumentException if the table has no such columns, or too few rows
     */
    static Deal of(Table table, int workers) {
        Dataset<Row> selected = selected(table);
        Lines lines = lines(table, selected);
        Shape shape = table.shape().orElseGet(() -> Shape.vector(lines.width()));
        if (shape.size() != lines.width() || shape.kind() == Shape.Kind.TOKENS) {
            throw new IllegalArgumentException("the %,d numbers of a row in columns %s do not make examples of shape %s"
                    .formatted(lines.width(), table.features(), shape));
        }
        JavaPairRDD<Long, byte[]> sorted = sorted(selected, lines, workers);
        Survey survey = Survey.of(sorted, lines);
        Sizes sizes = Sizes.of(survey.count(), table.split(), workers);
        return new Deal(dealt(sorted, survey, sizes), TableSource.of(table, shape, survey, sizes));
    }

    /** The columns that are needed, the label last. */
    private static Dataset<Row> selected(Table table) {
        List<String> known = Arrays.asList(table.rows().columns());
        List<String> wanted = new ArrayList<>(table.features());
        if (wanted.isEmpty() || wanted.contains(table.label())) {
            throw new IllegalArgumentException(
                    "beside the label '%s' there have to be columns of features, but they are %s"
                            .formatted(table.label(), wanted));
        }
        wanted.add(table.label());
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the table has no column '%s' among %s".formatted(name, known));
            }
        }
        return table.rows()
                .select(wanted.stream()
                        .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
                        .toArray(org.apache.spark.sql.Column[]::new));
    }

    private static Lines lines(Table table, Dataset<Row> selected) {
        Row first = selected.takeAsList(1).stream()
                .findFirst()
                .orElseThrow(() -> new DataException("the table has no rows"));
        StructType types = selected.schema();
        List<Column> columns = new ArrayList<>();
        for (int place = 0; place < table.features().size(); place++) {
            columns.add(
                    Column.of(table.features().get(place), types.apply(place).dataType(), place, first));
        }
        return new Lines(
                table.kind(),
                table.label(),
                columns.size(),
                columns,
                table.split().seed());
    }

    /** In the order of their hashes, whatever the number of partitions. */
    private static JavaPairRDD<Long, byte[]> sorted(Dataset<Row> selected, Lines lines, int workers) {
        int partitions = Math.max(workers, selected.rdd().getNumPartitions());
        return selected.toJavaRDD().mapToPair(lines::read).repartitionAndSortWithinPartitions(new ByHash(partitions));
    }

    private static JavaPairRDD<Long, byte[]> dealt(JavaPairRDD<Long, byte[]> sorted, Survey survey, Sizes sizes) {
        List<Long> firsts = survey.firsts();
        return JavaPairRDD.fromJavaRDD(sorted.mapPartitionsWithIndex(
                        (partition, rows) -> numbered(firsts.get(partition), rows), false))
                .repartitionAndSortWithinPartitions(new Round(sizes));
    }

    private static Iterator<Tuple2<Long, byte[]>> numbered(long first, Iterator<Tuple2<Long, byte[]>> rows) {
        long[] next = {first};
        return Stream.generate(() -> rows)
                .takeWhile(Iterator::hasNext)
                .map(it -> new Tuple2<>(next[0]++, it.next()._2()))
                .iterator();
    }

    /** Equal ranges of hashes. */
    private static final class ByHash extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int partitions;

        ByHash(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object hash) {
            return (int) Math.unsignedMultiplyHigh((long) hash ^ Long.MIN_VALUE, partitions);
        }
    }

    /** What is set aside to the first worker, the others round. */
    private static final class Round extends Partitioner {
        private static final long serialVersionUID = 1;

        private final Sizes sizes;

        Round(Sizes sizes) {
            this.sizes = sizes;
        }

        @Override
        public int numPartitions() {
            return sizes.workers();
        }

        @Override
        public int getPartition(Object number) {
            return sizes.worker((long) number);
        }
    }
}
