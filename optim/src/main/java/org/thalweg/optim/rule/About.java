package org.thalweg.optim.rule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a rule is and where it comes from: printed by {@code thalweg rules} and {@code thalweg explain}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface About {
    /** One line for a list. */
    String summary();

    /** The paper, with the number of its equation or algorithm. */
    String source();

    /**
     * Which of five university lectures on optimization for deep learning teach it: CMU 10-605, Ginsburg's at Stanford (CS217),
     * KAIST AI602, NTU CE7454, TTIC 31230; empty where it is beyond them.
     */
    String lectures() default "";

    /** Whether it stands alone or transforms what other rules make. */
    Kind kind() default Kind.RULE;

    /** What a rule is for in a composition. */
    enum Kind {
        /** Makes a direction of its own. */
        RULE,
        /** Changes a gradient or a direction. */
        TRANSFORM
    }
}
