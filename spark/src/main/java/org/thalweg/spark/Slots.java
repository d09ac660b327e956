package org.thalweg.spark;

import java.time.Duration;
import org.apache.spark.SparkContext;

/** Whether the cluster can run all tasks of a barrier stage at once; Spark itself would ask again and again for ten minutes. */
final class Slots {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    private Slots() {}

    /**
     * Waits a little for executors that are on their way.
     *
     * @throws SparkTrainingException if there are too few slots
     */
    static void await(SparkContext context, int workers) {
        if (context.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
            throw new SparkTrainingException(
                    "Spark runs no barrier stage while executors come and go: set spark.dynamicAllocation.enabled to false, and"
                            + " spark.executor.instances to what the training needs");
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (slots(context) < workers) {
            if (context.isLocal() || System.nanoTime() > deadline) {
                throw tooFew(context, workers);
            }
            sleep();
        }
    }

    /** Cores of all executors by the cores that a task takes. */
    private static int slots(SparkContext context) {
        return context.maxNumConcurrentTasks(context.resourceProfileManager().defaultResourceProfile());
    }

    private static SparkTrainingException tooFew(SparkContext context, int workers) {
        String remedy = context.isLocal()
                ? "or start Spark with master local[%d]".formatted(workers)
                : "or add executors or cores to the application, or lower spark.task.cpus";
        return new SparkTrainingException(
                "%,d workers have to run at once, but the cluster has slots for %,d tasks: ask for fewer workers, %s"
                        .formatted(workers, slots(context), remedy));
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SparkTrainingException("the wait for executors was interrupted", e);
        }
    }
}
