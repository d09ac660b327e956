package org.thalweg.optim.kernel;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.thalweg.optim.random.Counter;

/**
 * Bytecode that works on an int vector on the stack. Nothing here, and in what is built on it, calls a method of ours: the JVM's
 * compiler inlines the Vector API into loops as large as kernels are, but not what is merely small, and a call that is left
 * costs more than the whole loop.
 *
 * @param lanes as many as the int vectors have
 */
record IntVectors(CodeBuilder code, VectorLanes lanes) {
    static final ClassDesc TYPE = VectorLanes.vectorClass("IntVector");
    private static final ClassDesc FLOATS = VectorLanes.vectorClass("FloatVector");
    private static final ClassDesc VECTOR = VectorLanes.vectorClass("Vector");
    private static final ClassDesc SPECIES = VectorLanes.vectorClass("VectorSpecies");
    private static final ClassDesc OPERATORS = VectorLanes.vectorClass("VectorOperators");
    private static final ClassDesc MASK = VectorLanes.vectorClass("VectorMask");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
    private static final ClassDesc BINARY = OPERATORS.nested("Binary");
    private static final ClassDesc ASSOCIATIVE = OPERATORS.nested("Associative");

    /** A lanewise shift by name, such as {@code LSHR}. */
    void shift(String direction, int places) {
        code.getstatic(OPERATORS, direction, BINARY).loadConstant(places);
        code.invokevirtual(TYPE, "lanewise", MethodTypeDesc.of(TYPE, BINARY, CD_int));
    }

    /** An operation with a constant, such as {@code add}. */
    void with(String operation, int constant) {
        code.loadConstant(constant).invokevirtual(TYPE, operation, MethodTypeDesc.of(TYPE, CD_int));
    }

    /** An operation with the vector on top of it, such as {@code add}. */
    void withVector(String operation) {
        code.invokevirtual(TYPE, operation, MethodTypeDesc.of(TYPE, VECTOR));
    }

    /** Exclusive or with an int in a local. */
    void xorInt(int local) {
        code.getstatic(OPERATORS, "XOR", ASSOCIATIVE).iload(local);
        code.invokevirtual(TYPE, "lanewise", MethodTypeDesc.of(TYPE, BINARY, CD_int));
    }

    /** Exclusive or with a vector in a local. */
    void xor(int local) {
        code.getstatic(OPERATORS, "XOR", ASSOCIATIVE).aload(local);
        code.invokevirtual(TYPE, "lanewise", MethodTypeDesc.of(TYPE, BINARY, VECTOR));
    }

    /** {@code x ^ x >>> places}. */
    void fold(int places) {
        code.dup();
        shift("LSHR", places);
        xor(stored());
    }

    /** Puts the vector away, and gives its local. */
    int stored() {
        int local = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(local);
        return local;
    }

    void asFloats() {
        code.invokevirtual(TYPE, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
    }

    /** From a first element's number and the halves of a key to {@link Counter#bits} for each element from there on. */
    void random() {
        int upper = code.allocateLocal(TypeKind.INT);
        code.istore(upper);
        int start = code.allocateLocal(TypeKind.INT);
        code.swap().loadConstant(Counter.WEYL).imul().iadd().istore(start);
        multiples(Counter.WEYL);
        code.iload(start).invokevirtual(TYPE, "add", MethodTypeDesc.of(TYPE, CD_int));
        mix(upper);
    }

    /** From places to {@link Counter#bits}, with the halves of the key in locals. */
    void random(int lower, int upper) {
        with("mul", Counter.WEYL);
        code.iload(lower).invokevirtual(TYPE, "add", MethodTypeDesc.of(TYPE, CD_int));
        mix(upper);
    }

    private void mix(int upper) {
        fold(Counter.FIRST_SHIFT);
        with("mul", Counter.FIRST_FACTOR);
        xorInt(upper);
        fold(Counter.SECOND_SHIFT);
        with("mul", Counter.SECOND_FACTOR);
        fold(Counter.LAST_SHIFT);
    }

    /** From a first element's number to those from there on. */
    void placesFrom() {
        int first = code.allocateLocal(TypeKind.INT);
        code.istore(first);
        multiples(1);
        code.iload(first).invokevirtual(TYPE, "add", MethodTypeDesc.of(TYPE, CD_int));
    }

    /** Leaves a mask for float vectors: where the ints in a local have any of some bits. */
    void whereAny(int local, int bits) {
        code.aload(local);
        with("and", bits);
        code.getstatic(OPERATORS, "NE", COMPARISON).iconst_0();
        code.invokevirtual(TYPE, "compare", MethodTypeDesc.of(MASK, COMPARISON, CD_int));
        lanes.species(code, FLOATS, Float.SIZE);
        code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
    }

    /** Leaves the multiples of a number from 0 on: the same in every turn of a loop, so worked out before it. */
    private void multiples(int factor) {
        lanes.species(code, TYPE, Integer.SIZE);
        code.iconst_0().invokestatic(TYPE, "broadcast", MethodTypeDesc.of(TYPE, SPECIES, CD_int));
        with("addIndex", 1);
        with("mul", factor);
    }
}
