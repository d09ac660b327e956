package org.thalweg.spark;

import java.io.Serializable;
import org.thalweg.train.TrainingConfig;

/**
 * What is to be trained, and how. It travels to the tasks, each of which asks it for the configuration, and so it must answer the same
 * everywhere: capture texts and numbers, and make models, rules and schedules inside.
 */
@FunctionalInterface
public interface Recipe extends Serializable {
    /** The configuration. Its batch is that of the whole step, of which each worker takes its part. */
    TrainingConfig config();
}
