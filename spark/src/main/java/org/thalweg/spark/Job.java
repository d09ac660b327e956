package org.thalweg.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What every task of a training is told.
 *
 * @param id names this training among others on the same disk
 * @param secret keeps strangers away from where the workers meet
 * @param runs the driver's folder of runs
 */
record Job(Recipe recipe, Source source, String id, String secret, String runs, Duration timeout)
        implements Serializable {
    /** A file in the folder of runs by which a task knows that it sees the driver's; it names the run once that has begun. */
    Path marker() {
        return Path.of(runs).resolve(".thalweg-" + id);
    }
}
