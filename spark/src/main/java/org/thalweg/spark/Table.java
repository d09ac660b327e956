package org.thalweg.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.thalweg.train.data.Fitting;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.TargetKind;

/**
 * Rows to train on. What is trained depends on what the rows hold alone, not on their order or how Spark has partitioned them: they
 * are put in an order that follows from a hash of their contents. The first in that order are the test part, the next the validation
 * part, and the others are dealt out among the workers.
 *
 * @param rows the table
 * @param name what the data is called in the run
 * @param kind whether labels are classes or numbers
 * @param label the column with what is to be answered
 * @param features columns with what it is to be told from: numbers, truth values, or arrays of numbers of one length; they are put one
 *     after the other. All other columns if empty
 * @param shape that a row's numbers are arranged in, such as an image; a vector if empty
 * @param fitting what inputs go through: standardised, or as they are
 * @param split how many rows are set aside, and the seed of the order. The first worker holds what is set aside
 */
public record Table(
        Dataset<Row> rows,
        String name,
        TargetKind kind,
        String label,
        List<String> features,
        Optional<Shape> shape,
        Fitting fitting,
        Split split) {
    public Table {
        features = features.isEmpty()
                ? Arrays.stream(rows.columns())
                        .filter(column -> !column.equals(label))
                        .toList()
                : List.copyOf(features);
    }

    private Table(Dataset<Row> rows, TargetKind kind, String label, List<String> features) {
        this(rows, "table", kind, label, features, Optional.empty(), new Fitting.Standardise(), new Split(1));
    }

    /** Rows of classes, a fifth of which are for the test. Labels are texts, whole numbers or truth values. */
    public static Table classes(Dataset<Row> rows, String label, String... features) {
        return new Table(rows, TargetKind.CLASSES, label, List.of(features));
    }

    /** Rows with a number to be foreseen, a fifth of which are for the test. */
    public static Table numbers(Dataset<Row> rows, String label, String... features) {
        return new Table(rows, TargetKind.NUMBERS, label, List.of(features));
    }

    /** The same under another name, which names the run's directory too. */
    public Table named(String other) {
        return new Table(rows, other, kind, label, features, shape, fitting, split);
    }

    /** The same in another shape. */
    public Table with(Shape other) {
        return new Table(rows, name, kind, label, features, Optional.of(other), fitting, split);
    }

    /** The same, prepared otherwise. */
    public Table with(Fitting other) {
        return new Table(rows, name, kind, label, features, shape, other, split);
    }

    /** The same, divided otherwise. */
    public Table with(Split other) {
        return new Table(rows, name, kind, label, features, shape, fitting, other);
    }
}
