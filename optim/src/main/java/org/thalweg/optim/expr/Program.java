package org.thalweg.optim.expr;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.thalweg.optim.expr.Expr.Hyper;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.expr.Expr.Reduction;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.State;

/**
 * A traced rule: everything that one step does to one tensor. All assignments read the values from before the step.
 *
 * @param assignments the state, in order of declaration, and what each becomes
 * @param scalars the numbers of the tensor as a whole, in order of declaration, and what each becomes
 * @param parameter what the parameter becomes
 * @param hypers the hyperparameters, in order of declaration
 */
public record Program(
        List<Assignment> assignments, List<ScalarAssignment> scalars, Expr parameter, List<Hyper> hypers) {
    /** A state and its value after the step. */
    public record Assignment(State state, Expr value) {}

    /** A number of the tensor as a whole and its value after the step. */
    public record ScalarAssignment(ScalarState state, Expr value) {}

    public Program {
        scalars = List.copyOf(scalars);
        assignments = List.copyOf(assignments);
        hypers = List.copyOf(hypers);
    }

    /**
     * Traces a rule.
     *
     * @param owner the rule's name, under which its hyperparameters are known
     * @param direction the rule: from gradient and trace to direction
     */
    public static Program trace(String owner, BiFunction<Expr, Trace, Expr> direction) {
        Trace trace = new Trace(owner);
        return trace.finish(direction.apply(new Expr.Gradient(), trace));
    }

    /** The scalar states, in order of declaration. */
    public List<ScalarState> scalarStates() {
        return scalars.stream().map(ScalarAssignment::state).toList();
    }

    /** The states, in order of declaration. */
    public List<State> states() {
        return assignments.stream().map(Assignment::state).toList();
    }

    /** The noise, one number for each element, in the order in which the rule asked for it. */
    public List<Noise> noises() {
        return expressions().stream()
                .filter(Noise.class::isInstance)
                .map(Noise.class::cast)
                .distinct()
                .sorted(Comparator.comparingInt(Noise::stream))
                .toList();
    }

    /** What the program sums over all parameters: programs of which these are equal share their sums. */
    public Set<Reduction> sumsOverAll() {
        return expressions().stream()
                .filter(expr -> expr instanceof Reduction sum && sum.scope() == Scope.ALL)
                .map(Reduction.class::cast)
                .collect(Collectors.toSet());
    }

    /** Every expression that something is computed from, by identity. */
    private Set<Expr> expressions() {
        Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        assignments.forEach(assignment -> collect(assignment.value(), seen));
        scalars.forEach(assignment -> collect(assignment.value(), seen));
        collect(parameter, seen);
        return seen;
    }

    private static void collect(Expr expr, Set<Expr> seen) {
        if (seen.add(expr)) {
            Formula.operands(expr).forEach(operand -> collect(operand, seen));
        }
    }
}
