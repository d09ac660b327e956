package org.thalweg.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.rdd.RDD;
import org.thalweg.train.TrainingResult;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** The driver's side of a training: one barrier stage, from the job that the tasks are given to the run that comes back. */
record Stage(Job job, Path runs) {
    private static final int SECRET_BYTES = 16;

    static Stage of(SparkTraining training, Recipe recipe, Source source) {
        return new Stage(
                new Job(recipe, source, random(), random(), training.runs().toString(), training.timeout()),
                training.runs());
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    TrainingResult run(JavaPairRDD<Long, byte[]> rows) {
        try {
            Files.createDirectories(runs);
            Files.createFile(job.marker());
            try {
                return result(endings(rows));
            } finally {
                Files.deleteIfExists(job.marker());
            }
        } catch (IOException e) {
            throw new SparkTrainingException(
                    "the folder of runs %s cannot be written: %s".formatted(runs, e.getMessage()), e);
        }
    }

    private List<Ending> endings(JavaPairRDD<Long, byte[]> rows) {
        ClassTag<Tuple2<String, byte[]>> tag = ClassTag$.MODULE$.apply(Tuple2.class);
        RDD<Tuple2<String, byte[]>> stage = rows.rdd().barrier().mapPartitions(new WorkerTask(job), false, tag);
        try {
            // A stage that a job ends with is never repeated; one that others take from is.
            return stage.toJavaRDD().repartition(1).collect().stream()
                    .map(Ending::unpacked)
                    .sorted(Comparator.comparingInt(Ending::rank))
                    .toList();
        } catch (Exception e) { // Scala throws checked ones without saying so
            throw Failures.of(e, begun());
        }
    }

    /** The run that the tasks have written here, if they see the folder. */
    private Optional<Path> begun() {
        try {
            return Optional.of(Files.readString(job.marker()))
                    .filter(name -> !name.isEmpty())
                    .map(runs::resolve);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private TrainingResult result(List<Ending> endings) throws IOException {
        Ending first = endings.getFirst();
        Optional<Path> run = first.isThere() ? Optional.of(first.home(runs)) : Optional.empty();
        List<Integer> refusing = IntStream.range(0, endings.size())
                .filter(rank -> endings.get(rank).state() == Ending.State.REFUSED)
                .boxed()
                .toList();
        if (!refusing.isEmpty()) {
            String sentence = endings.get(refusing.getFirst()).sentence();
            boolean all = refusing.size() == endings.size();
            throw new SparkTrainingException(
                    all ? sentence : "worker %d failed: %s".formatted(refusing.getFirst(), sentence), run, null);
        }
        return TrainingResult.read(run.orElseThrow());
    }
}
