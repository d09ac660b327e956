package org.thalweg.train;

import java.util.Optional;

/**
 * One pass over the training part.
 *
 * @param epoch from 1
 * @param steps completed in all, from the first epoch on
 * @param trainLoss mean of the losses of this epoch's steps
 * @param validation on the validation part, if there is one
 * @param test on the test part
 * @param seconds since training began
 */
public record EpochMetrics(
        int epoch, long steps, double trainLoss, Optional<Score> validation, Score test, double seconds) {}
