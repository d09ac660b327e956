package org.thalweg.optim.schedule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a schedule is and where it comes from: printed by {@code thalweg schedules}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface About {
    /** One line for a list. */
    String summary();

    /** The paper, or what it is a common practice of. */
    String source();

    /**
     * Which of five university lectures on optimization for deep learning teach it: CMU 10-605, Ginsburg's at Stanford (CS217),
     * KAIST AI602, NTU CE7454, TTIC 31230; empty where it is beyond them.
     */
    String lectures() default "";

    /** How many times the steps among its arguments show its shape: 1 for what ends, more for what repeats. */
    int shown() default 1;
}
