package org.thalweg.optim.expr;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.thalweg.optim.expr.Expr.Hyper;
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

    /** What the program sums over all parameters: programs of which these are equal share their sums. */
    public Set<Reduction> sumsOverAll() {
        Set<Reduction> sums = new HashSet<>();
        Set<Expr> seen = new HashSet<>();
        assignments.forEach(assignment -> collect(assignment.value(), sums, seen));
        scalars.forEach(assignment -> collect(assignment.value(), sums, seen));
        collect(parameter, sums, seen);
        return sums;
    }

    private static void collect(Expr expr, Set<Reduction> sums, Set<Expr> seen) {
        if (seen.add(expr)) {
            if (expr instanceof Reduction sum && sum.scope() == Scope.ALL) {
                sums.add(sum);
            }
            Formula.operands(expr).forEach(operand -> collect(operand, sums, seen));
        }
    }
}
