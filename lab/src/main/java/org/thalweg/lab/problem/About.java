package org.thalweg.lab.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a ready problem is and where it comes from: printed by {@code thalweg problems} and on pages. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface About {
    /** What it is good for, in one line. */
    String summary();

    /** As people write it. */
    String formula();

    /** Who described it. */
    String source();

    /** Which of five university lectures on optimization for deep learning show it; empty if none. */
    String lectures() default "";
}
