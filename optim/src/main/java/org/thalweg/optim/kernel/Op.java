package org.thalweg.optim.kernel;

import java.util.function.IntUnaryOperator;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Comparison;
import org.thalweg.optim.expr.Expr.ReductionKind;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.UnaryOp;

/**
 * One operation in a numbered list; operands are the numbers of earlier operations. Arrays are numbered 0 for the
 * parameter, 1 for the gradient, 2 and up for the states in order of declaration, then the noises in that of the program.
 */
sealed interface Op {
    int PARAMETER = 0;
    int GRADIENT = 1;
    int FIRST_STATE = 2;

    /** A scalar that the host knows: constant, hyperparameter, rate or step. Only in a {@link Graph}. */
    record Host(Expr leaf) implements Op {}

    /** A sum over a scope. Only in a {@link Graph}. */
    record Reduce(ReductionKind kind, Scope scope, int x) implements Op {}

    /** A host scalar, handed in at a position. Only in a {@link Loop}. */
    record Scalar(int slot) implements Op {}

    /** Writes an array element. Only in a {@link Loop}. */
    record Store(int array, int x) implements Op {}

    /** Adds to a sum. Only in a {@link Loop}. */
    record Accumulate(int sum, ReductionKind kind, int x) implements Op {}

    /** Reads an array element. */
    record Load(int array) implements Op {}

    record Unary(UnaryOp op, int x) implements Op {}

    record Binary(BinaryOp op, int x, int y) implements Op {}

    record FusedMultiplyAdd(int x, int y, int z) implements Op {}

    record Select(Comparison comparison, int x, int y, int whenTrue, int whenFalse) implements Op {}

    /** The same operation on renumbered operands. */
    default Op renumbered(IntUnaryOperator to) {
        return switch (this) {
            case Host _, Scalar _, Load _ -> this;
            case Reduce(var kind, var scope, int x) -> new Reduce(kind, scope, to.applyAsInt(x));
            case Store(int array, int x) -> new Store(array, to.applyAsInt(x));
            case Accumulate(int sum, var kind, int x) -> new Accumulate(sum, kind, to.applyAsInt(x));
            case Unary(var op, int x) -> new Unary(op, to.applyAsInt(x));
            case Binary(var op, int x, int y) -> new Binary(op, to.applyAsInt(x), to.applyAsInt(y));
            case FusedMultiplyAdd(int x, int y, int z) ->
                new FusedMultiplyAdd(to.applyAsInt(x), to.applyAsInt(y), to.applyAsInt(z));
            case Select(var comparison, int x, int y, int yes, int no) ->
                new Select(comparison, to.applyAsInt(x), to.applyAsInt(y), to.applyAsInt(yes), to.applyAsInt(no));
        };
    }

    /** The numbers of the operands. */
    default int[] operands() {
        return switch (this) {
            case Host _, Scalar _, Load _ -> new int[0];
            case Reduce(var _, var _, int x) -> new int[] {x};
            case Store(var _, int x) -> new int[] {x};
            case Accumulate(var _, var _, int x) -> new int[] {x};
            case Unary(var _, int x) -> new int[] {x};
            case Binary(var _, int x, int y) -> new int[] {x, y};
            case FusedMultiplyAdd(int x, int y, int z) -> new int[] {x, y, z};
            case Select(var _, int x, int y, int yes, int no) -> new int[] {x, y, yes, no};
        };
    }
}
