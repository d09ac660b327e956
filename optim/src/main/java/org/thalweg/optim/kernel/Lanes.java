package org.thalweg.optim.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Comparison;
import org.thalweg.optim.expr.Expr.UnaryOp;

/** How a loop's operations look in bytecode for one width: one element at a time, or a vector of them. */
sealed interface Lanes permits ScalarLanes, VectorLanes {
    /** Elements in one value. */
    int width();

    /** The kind of local variable that holds a value. */
    TypeKind kind();

    /** From a float on the stack to a value with that number in every lane. */
    void spread(CodeBuilder code);

    /** From an array and a position ({@code float[]}: int index; segment: long byte offset) on the stack to a value. */
    void load(CodeBuilder code, boolean heap);

    /** Writes the value in a local to the array and position on the stack. */
    void store(CodeBuilder code, boolean heap, int value);

    /** Values on the stack to the result. */
    void unary(CodeBuilder code, UnaryOp op);

    /** Two values on the stack to the result. */
    void binary(CodeBuilder code, BinaryOp op);

    /** {@code x, y, z} on the stack to {@code x * y + z}. */
    void fusedMultiplyAdd(CodeBuilder code);

    /** Leaves {@code whenTrue} or {@code whenFalse}; all arguments are locals. */
    void select(CodeBuilder code, Comparison comparison, int x, int y, int whenTrue, int whenFalse);
}
