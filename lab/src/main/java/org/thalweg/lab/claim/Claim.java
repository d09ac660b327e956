package org.thalweg.lab.claim;

import java.util.List;

/**
 * A claim that anyone can try. An implementation is one short file: the statement, with the criterion in words; a measurement of one
 * seed; the verdict that the criterion gives on the measurements of several; and what the page shows of them.
 *
 * @param <M> what one seed measures: a public record of numbers, texts, and lists or records of them, which is stored as JSON
 */
public interface Claim<M extends Record> {
    /** What is claimed, where, how it is tried, and by which criterion it is judged. */
    Statement statement();

    /** The record that one seed measures. */
    Class<M> measurement();

    /** How many seeds are measured unless more or fewer are asked for; 1 where nothing is drawn by chance. */
    int seeds();

    /** Measures one seed. */
    M measure(Trial trial);

    /**
     * The verdict by the criterion alone: the same for the same measurements.
     *
     * @param measured by seed, at least one
     */
    Verdict judge(List<M> measured);

    /**
     * What the page shows: the numbers that the verdict rests on, and pictures that make the point.
     *
     * @param measured by seed, at least one
     */
    Exhibit exhibit(List<M> measured);
}
