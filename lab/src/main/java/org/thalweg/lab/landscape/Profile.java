package org.thalweg.lab.landscape;

/**
 * The loss on the straight line between two networks, over examples they learned from and over others.
 *
 * @param from what lies at 0
 * @param to what lies at 1
 * @param train over training examples, or those of the part that was asked for
 * @param test over test examples
 */
public record Profile(String from, String to, Line train, Line test) {}
