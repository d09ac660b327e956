package org.thalweg.dashboard.watch;

/**
 * The curves of a run at a moment.
 *
 * @param revision grows when they change
 * @param json an array of curves
 */
public record CurvesUpdate(long revision, String json) {}
