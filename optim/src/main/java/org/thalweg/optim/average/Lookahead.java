package org.thalweg.optim.average;

import java.util.List;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.expr.Trace;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.text.Forms;

/**
 * Lookahead: after each {@code every} steps of any rule the slow weights go a part of the way to where it came, and it goes on
 * from there: {@code slow <- slow + share * (weights - slow); weights <- slow}. The rule's own state is kept.
 *
 * <p>Defaults: 5 and 0.5, the paper's for CIFAR and language models.
 *
 * <p>Source: Zhang, Lucas, Hinton and Ba, NeurIPS 2019, Algorithm 1.
 *
 * @param every steps of the rule between two of the slow weights, the paper's k, at least 1
 * @param share how far the slow weights go, the paper's alpha, above 0 up to 1
 */
public record Lookahead(long every, double share) {
    public Lookahead {
        Steps.atLeastOne("every", every);
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share must be above 0 and at most 1, not " + share);
        }
    }

    public Lookahead() {
        this(5, 0.5);
    }

    /**
     * Reads {@code 5,0.5}, or names and values as in {@code every=10}.
     *
     * @throws IllegalArgumentException if the text is none; the message says where and what was expected
     */
    public static Lookahead parse(String text) {
        return (Lookahead) new Forms("lookahead", List.of(new Lookahead())).parse("lookahead:" + text);
    }

    /** One step of the slow weights, which are its state; both get the same bits. */
    Rule synchronisation() {
        return new Synchronisation(share);
    }

    private record Synchronisation(double share) implements Rule {
        @Override
        public Expr direction(Expr gradient, Trace trace) {
            throw new UnsupportedOperationException("not a direction, but a whole program");
        }

        @Override
        public Program program() {
            Expr.State slow = new Expr.State("slow", new Expr.Initial.OfParameter());
            Expr.Hyper part = new Expr.Hyper("lookahead", "share", share);
            Expr next = slow.plus(part.times(new Expr.ParameterValue().minus(slow)));
            return new Program(List.of(new Program.Assignment(slow, next)), List.of(), next, List.of(part));
        }
    }
}
