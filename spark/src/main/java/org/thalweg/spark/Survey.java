package org.thalweg.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaPairRDD;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.TargetKind;
import scala.Tuple2;

/**
 * What one look at all rows shows.
 *
 * @param counts rows in each partition
 * @param classes names of the classes, numbers by size before words by the alphabet; empty for a regression
 */
record Survey(List<Long> counts, List<String> classes) {
    private static final int MOST_CLASSES = 100_000;

    private static final Comparator<String> BY_SIZE =
            Comparator.<String>comparingDouble(Survey::size).thenComparing(Comparator.naturalOrder());

    /**
     * Looks.
     *
     * @throws DataException if a row cannot be trained on, or there are too many classes
     */
    static Survey of(JavaPairRDD<Long, byte[]> rows, Lines lines) {
        List<Tuple2<Long, String[]>> looks = looks(rows, lines);
        Set<String> names = new TreeSet<>(BY_SIZE);
        List<Long> counts = new ArrayList<>();
        for (Tuple2<Long, String[]> look : looks) {
            counts.add(look._1());
            names.addAll(List.of(look._2()));
            check(names, lines);
        }
        return new Survey(counts, List.copyOf(names));
    }

    private static List<Tuple2<Long, String[]>> looks(JavaPairRDD<Long, byte[]> rows, Lines lines) {
        try {
            return rows.mapPartitions(it -> List.of(look(it, lines)).iterator()).collect();
        } catch (Exception e) { // Scala throws checked ones without saying so
            throw Failures.of(e, Optional.empty());
        }
    }

    private static Tuple2<Long, String[]> look(Iterator<Tuple2<Long, byte[]>> rows, Lines lines) {
        Set<String> names = new TreeSet<>();
        int width = lines.width();
        long count = 0;
        for (; rows.hasNext(); count++) {
            byte[] line = rows.next()._2();
            if (lines.kind() == TargetKind.CLASSES && names.add(Lines.label(line, width))) {
                check(names, lines);
            }
        }
        return new Tuple2<>(count, names.toArray(String[]::new));
    }

    private static void check(Set<String> names, Lines lines) {
        if (names.size() > MOST_CLASSES) {
            throw new DataException(
                    "column '%s' has more than %,d different values, too many for classes: is it a number to be foreseen?"
                            .formatted(lines.label(), MOST_CLASSES));
        }
    }

    private static double size(String name) {
        try {
            return Double.parseDouble(name);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The number of each partition's first row. */
    List<Long> firsts() {
        List<Long> firsts = new ArrayList<>();
        long next = 0;
        for (long count : counts) {
            firsts.add(next);
            next += count;
        }
        return firsts;
    }
}
