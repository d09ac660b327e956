package org.thalweg.lab.compare;

import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

/** What rules are compared on: a network and its data, or a test problem. */
public interface Workload {
    /** How it is called. */
    String name();

    /** What it is, in a few words. */
    String words();

    /** What it is judged by. */
    Measure measure();

    /** As many steps are enough for any rule, however much time there is. */
    long mostSteps();

    /**
     * Begins a training.
     *
     * @param seed of the first weights and of the order of what is seen
     */
    Learning begin(Rule rule, Schedule rate, long seed);
}
