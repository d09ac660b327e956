package org.thalweg.optim.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Comparison;
import org.thalweg.optim.expr.Expr.UnaryOp;
import org.thalweg.optim.random.Counter;
import org.thalweg.optim.random.Normal;

/** How a loop's operations look in bytecode for one width: one element at a time, or a vector of them. */
sealed interface Lanes permits ScalarLanes, VectorLanes {
    /** Elements in one value. */
    int width();

    /** The kind of local variable that holds a value. */
    TypeKind kind();

    /** The kind of local variable that holds an int for each element. */
    default TypeKind integers() {
        return kind() == TypeKind.FLOAT ? TypeKind.INT : kind();
    }

    /** From a float on the stack to a value with that number in every lane. */
    void spread(CodeBuilder code);

    /** From an array and a position ({@code float[]}: int index; segment: long byte offset) on the stack to a value. */
    void load(CodeBuilder code, Place place);

    /**
     * Writes the value in a local to the array and position on the stack.
     *
     * @param random the local of as many random numbers of 16 bits, for {@link Place#BFLOAT16_STOCHASTIC} alone
     */
    void store(CodeBuilder code, Place place, int value, int random);

    /** From a first element's number and the halves of a key on the stack to {@link Counter#bits} for each element. */
    void random(CodeBuilder code);

    /** From the same to {@link Normal#at} for each element. */
    void noise(CodeBuilder code);

    /** From random numbers on the stack to their upper or lower 16 bits. */
    void half(CodeBuilder code, boolean upper);

    /** Values on the stack to the result. */
    void unary(CodeBuilder code, UnaryOp op);

    /** Two values on the stack to the result. */
    void binary(CodeBuilder code, BinaryOp op);

    /** {@code x, y, z} on the stack to {@code x * y + z}. */
    void fusedMultiplyAdd(CodeBuilder code);

    /** Leaves {@code whenTrue} or {@code whenFalse}; all arguments are locals. */
    void select(CodeBuilder code, Comparison comparison, int x, int y, int whenTrue, int whenFalse);
}
