package org.thalweg.optim.kernel;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.thalweg.optim.random.Counter;

/**
 * {@link BFloat16} as bytecode over vectors, bit by bit the same. Nothing here calls a method of ours: the JVM's compiler
 * inlines the Vector API into loops as large as kernels are, but not what is merely small, and a call that is left costs
 * more than the whole loop.
 *
 * @param lanes as wide as the float vectors that numbers come from and go to
 */
record TwoByteVectors(CodeBuilder code, VectorLanes lanes) {
    private static final ClassDesc FLOATS = VectorLanes.vectorClass("FloatVector");
    private static final ClassDesc INTS = VectorLanes.vectorClass("IntVector");
    private static final ClassDesc SHORTS = VectorLanes.vectorClass("ShortVector");
    private static final ClassDesc VECTOR = VectorLanes.vectorClass("Vector");
    private static final ClassDesc MASK = VectorLanes.vectorClass("VectorMask");
    private static final ClassDesc SPECIES = VectorLanes.vectorClass("VectorSpecies");
    private static final ClassDesc OPERATORS = VectorLanes.vectorClass("VectorOperators");
    private static final ClassDesc BINARY = OPERATORS.nested("Binary");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
    private static final MethodTypeDesc INT_AND_VECTOR = MethodTypeDesc.of(INTS, VECTOR);

    /** From short vector to float vector on the stack. */
    void widen() {
        lanes.convertShape(code, SHORTS, "S2I", INTS, Integer.SIZE);
        shift("LSHL", BFloat16.HALF);
        code.invokevirtual(INTS, "reinterpretAsFloats", MethodTypeDesc.of(FLOATS));
    }

    /** Leaves a local's floats as short vector. */
    void toNearest(int value) {
        bits(value);
        code.dup();
        shift("LSHR", BFloat16.HALF);
        with("and", 1);
        code.invokevirtual(INTS, "add", INT_AND_VECTOR);
        with("add", BFloat16.JUST_BELOW_HALF);
        cut(value);
    }

    /** Leaves a local's floats as short vector, rounded by the 16 random bits for each in another. */
    void atRandom(int value, int random) {
        bits(value);
        code.aload(random).invokevirtual(INTS, "add", INT_AND_VECTOR);
        cut(value);
    }

    /** From rounded bits on the stack to their upper halves; a NaN is not rounded, and stays one. */
    private void cut(int value) {
        bits(value);
        with("or", BFloat16.QUIET);
        code.aload(value).getstatic(OPERATORS, "NE", COMPARISON).aload(value);
        code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        lanes.species(code, INTS, Integer.SIZE);
        code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
        code.invokevirtual(INTS, "blend", MethodTypeDesc.of(INTS, VECTOR, MASK));
        shift("LSHR", BFloat16.HALF);
        lanes.convertShape(code, INTS, "I2S", SHORTS, Short.SIZE);
    }

    /** From a first element's number and a key on the stack to {@link BFloat16#random} for each element from there on. */
    void random() {
        int key = code.allocateLocal(TypeKind.INT);
        int element = code.allocateLocal(TypeKind.INT);
        code.istore(key).istore(element);
        lanes.species(code, INTS, Integer.SIZE);
        code.iload(element).invokestatic(INTS, "broadcast", MethodTypeDesc.of(INTS, SPECIES, CD_int));
        with("addIndex", 1);
        with("mul", Counter.WEYL);
        code.iload(key).invokevirtual(INTS, "add", MethodTypeDesc.of(INTS, CD_int));
        mixInUpperBits(Counter.FIRST_SHIFT);
        with("mul", Counter.FIRST_FACTOR);
        mixInUpperBits(Counter.SECOND_SHIFT);
        with("mul", Counter.SECOND_FACTOR);
        mixInUpperBits(Counter.LAST_SHIFT);
    }

    private void mixInUpperBits(int places) {
        int shifted = code.allocateLocal(TypeKind.REFERENCE);
        code.dup();
        shift("LSHR", places);
        code.astore(shifted)
                .getstatic(OPERATORS, "XOR", OPERATORS.nested("Associative"))
                .aload(shifted);
        code.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, VECTOR));
    }

    /** From random numbers on the stack to their upper or lower 16 bits. */
    void half(boolean upper) {
        if (upper) {
            shift("LSHR", BFloat16.HALF);
        } else {
            with("and", BFloat16.LOWER_HALF);
        }
    }

    private void bits(int value) {
        code.aload(value).invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(INTS));
    }

    private void shift(String direction, int places) {
        code.getstatic(OPERATORS, direction, BINARY).loadConstant(places);
        code.invokevirtual(INTS, "lanewise", MethodTypeDesc.of(INTS, BINARY, CD_int));
    }

    /** An operation of the int vector on the stack with a constant. */
    private void with(String operation, int constant) {
        code.loadConstant(constant).invokevirtual(INTS, operation, MethodTypeDesc.of(INTS, CD_int));
    }
}
