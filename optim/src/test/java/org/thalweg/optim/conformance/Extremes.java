package org.thalweg.optim.conformance;

/** What a rule makes of gradients at the ends of what float32 can hold. */
enum Extremes {
    /** An infinity is felt, and so is the smallest number. */
    FELT,
    /** An infinity counts no more than a large number. */
    BOUNDED,
    /** Only the sign counts, and so it matters whether a tiny number is rounded to 0 on the way. */
    SIGN
}
