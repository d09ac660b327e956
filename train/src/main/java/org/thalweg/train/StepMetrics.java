package org.thalweg.train;

/**
 * One step of training.
 *
 * @param step from 1, counted over all epochs
 * @param epoch from 1
 * @param loss mean over the batch, before the step's update
 * @param rate the learning rate that the step used
 * @param millis wall time of the step, its batch included
 */
public record StepMetrics(long step, int epoch, double loss, double rate, double millis) {}
