package org.thalweg.optim.expr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.rule.Rule;

class FormulaTest {
    @Test
    void tellsOldFromNewStateAlsoWhereItBecomesALeaf() {
        Rule difference = (g, trace) -> {
            State last = trace.state("last");
            trace.assign(last, g);
            return g.minus(last);
        };
        assertThat(Formula.of(difference.program())).containsExactly("last ← g", "p ← p − rate·(g − last[t-1])");
    }

    @Test
    void knowsASign() {
        Rule sign = (g, trace) -> g.plus(trace.parameter()).sign();
        assertThat(Formula.of(sign.program())).containsExactly("p ← p − rate·sign(g + p)");
    }
}
