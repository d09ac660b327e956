package org.thalweg.optim.rule;

import org.thalweg.optim.expr.Expr;

/** Where the small number stands that keeps a division by a root away from zero. */
public enum EpsilonPlace {
    /** {@code sqrt(h) + epsilon}: the papers of Adam and PyTorch. */
    OUTSIDE_ROOT,
    /** {@code sqrt(h + epsilon)}: the lectures' RMSProp, TensorFlow. */
    INSIDE_ROOT;

    Expr root(Expr h, Expr epsilon) {
        return switch (this) {
            case OUTSIDE_ROOT -> h.sqrt().plus(epsilon);
            case INSIDE_ROOT -> h.plus(epsilon).sqrt();
        };
    }
}
