package org.thalweg.optim.rule;

import java.util.List;
import java.util.stream.Stream;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Trace;

/** Rules one after the other: each works on what the one before it made, the first on the gradient. */
public record Chain(List<Rule> rules) implements Rule {
    public Chain {
        rules = rules.stream()
                .flatMap(rule -> rule instanceof Chain(var inner) ? inner.stream() : Stream.of(rule))
                .toList();
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("a chain needs at least one rule");
        }
    }

    @Override
    public Expr direction(Expr gradient, Trace trace) {
        Expr direction = gradient;
        for (Rule rule : rules) {
            Expr input = direction;
            direction = trace.within(nameOf(rule), inner -> rule.direction(input, inner));
        }
        return direction;
    }

    /** The name under which a rule's hyperparameters are known: its class in kebab case. */
    static String nameOf(Rule rule) {
        return Rules.name(rule);
    }
}
