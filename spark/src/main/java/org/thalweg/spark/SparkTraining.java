package org.thalweg.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.worker.World;
import scala.Tuple2;

/**
 * Trains on a Spark cluster, as one barrier stage: each of its tasks is a worker, and they sum their gradients over libtorch's Gloo. What
 * comes back to the driver is a run's directory like any other. The calls block until the training has ended; a Spark job that is
 * cancelled ends it.
 *
 * @param spark the session; dynamic allocation must be off
 * @param workers how many tasks train together, each in a slot of its own
 * @param runs the driver's folder, in which the run's directory is made. Where the tasks see the same folder they write there, and a
 *     stage that Spark repeats goes on from the last checkpoint; otherwise the directory travels to the driver at the end, and
 *     such a stage begins anew
 * @param timeout how long a worker may go unheard of before the others give it up
 */
public record SparkTraining(SparkSession spark, int workers, Path runs, Duration timeout) {
    public SparkTraining {
        runs = runs.toAbsolutePath().normalize();
        if (workers < 1) {
            throw new IllegalArgumentException("a training needs 1 worker at least, not " + workers);
        }
    }

    /** Workers are given up after a minute. */
    public SparkTraining(SparkSession spark, int workers, Path runs) {
        this(spark, workers, runs, World.DEFAULT_TIMEOUT);
    }

    /**
     * Trains on data that each task loads by itself: data by name, or files under a path that all tasks see. It makes the run that a
     * single process would make, but for rounding, as {@code thalweg launch} does.
     *
     * @return what came of it, in a directory of the driver
     * @throws SparkTrainingException if the cluster has too few slots, a task failed, or Spark has given up; the message says why
     */
    public TrainingResult run(Recipe recipe, DataRequest data) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Slots.await(spark.sparkContext(), workers);
        JavaPairRDD<Long, byte[]> none =
                context.<Tuple2<Long, byte[]>>parallelize(List.of(), workers).mapToPair(row -> row);
        return Stage.of(this, recipe, new FileSource(data)).run(none);
    }

    /**
     * Trains on the rows of a table, which are dealt out among the tasks: none ever holds all of them.
     *
     * @return what came of it, in a directory of the driver
     * @throws DataException if a row cannot be trained on; the message names the column
     * @throws IllegalArgumentException if the table has no such columns, or too few rows
     * @throws SparkTrainingException if the cluster has too few slots, a task failed, or Spark has given up; the message says why
     */
    public TrainingResult run(Recipe recipe, Table table) {
        Slots.await(spark.sparkContext(), workers);
        Deal deal = Deal.of(table, workers);
        return Stage.of(this, recipe, deal.source()).run(deal.rows());
    }
}
