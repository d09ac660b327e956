package org.thalweg.optim.sharpness;

import java.util.List;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.text.Forms;

/**
 * A neighbourhood of the weights, and where in it the loss is highest to first order: sharpness-aware minimisation takes the
 * gradient there.
 */
public sealed interface Sharpness permits Sam, Asam {
    /** The size of the neighbourhood. */
    double rho();

    /** The direction away from the highest place of a neighbourhood of size 1: what the weights descend by minus that. */
    Rule ascent();

    /**
     * Reads {@code sam:0.05}, {@code asam}, {@code asam:0.5,0.01}; a number alone is the rho of SAM.
     *
     * @throws IllegalArgumentException if the text is none; the message says where and what was expected
     */
    static Sharpness parse(String text) {
        boolean number = !text.isBlank() && Character.isDigit(text.strip().charAt(0));
        String named = number ? "sam:" + text.strip() : text;
        return (Sharpness) new Forms("neighbourhood", List.of(new Sam(), new Asam())).parse(named);
    }

    /** The text of a neighbourhood, with all its options. */
    static String format(Sharpness sharpness) {
        return switch (sharpness) {
            case Sam sam -> Forms.format(sam);
            case Asam asam -> Forms.format(asam);
        };
    }
}
