package org.thalweg.train;

/**
 * How well a model does on some examples.
 *
 * @param loss mean cross-entropy, in nats
 * @param accuracy share of examples whose highest score is the right class, 0 to 1
 */
public record Score(double loss, double accuracy) {}
