package org.thalweg.optim.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * {@link BFloat16} as bytecode over vectors, bit by bit the same.
 *
 * @param lanes as wide as the float vectors that numbers come from and go to
 */
record TwoByteVectors(CodeBuilder code, VectorLanes lanes) {
    private static final ClassDesc FLOATS = VectorLanes.vectorClass("FloatVector");
    private static final ClassDesc SHORTS = VectorLanes.vectorClass("ShortVector");
    private static final ClassDesc VECTOR = VectorLanes.vectorClass("Vector");
    private static final ClassDesc MASK = VectorLanes.vectorClass("VectorMask");
    private static final ClassDesc SPECIES = VectorLanes.vectorClass("VectorSpecies");
    private static final ClassDesc OPERATORS = VectorLanes.vectorClass("VectorOperators");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");

    private IntVectors ints() {
        return new IntVectors(code, lanes);
    }

    /** From short vector to float vector on the stack. */
    void widen() {
        lanes.convertShape(code, SHORTS, "S2I", IntVectors.TYPE, Integer.SIZE);
        ints().shift("LSHL", BFloat16.HALF);
        ints().asFloats();
    }

    /** Leaves a local's floats as short vector. */
    void toNearest(int value) {
        bits(value);
        code.dup();
        ints().shift("LSHR", BFloat16.HALF);
        ints().with("and", 1);
        ints().withVector("add");
        ints().with("add", BFloat16.JUST_BELOW_HALF);
        cut(value);
    }

    /** Leaves a local's floats as short vector, rounded by the 16 random bits for each in another. */
    void atRandom(int value, int random) {
        bits(value);
        code.aload(random);
        ints().withVector("add");
        cut(value);
    }

    /** From rounded bits on the stack to their upper halves; a NaN is not rounded, and stays one. */
    private void cut(int value) {
        bits(value);
        ints().with("or", BFloat16.QUIET);
        code.aload(value).getstatic(OPERATORS, "NE", COMPARISON).aload(value);
        code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        lanes.species(code, IntVectors.TYPE, Integer.SIZE);
        code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, SPECIES));
        code.invokevirtual(IntVectors.TYPE, "blend", MethodTypeDesc.of(IntVectors.TYPE, VECTOR, MASK));
        ints().shift("LSHR", BFloat16.HALF);
        lanes.convertShape(code, IntVectors.TYPE, "I2S", SHORTS, Short.SIZE);
    }

    /** From random numbers on the stack to their upper or lower 16 bits. */
    void half(boolean upper) {
        if (upper) {
            ints().shift("LSHR", BFloat16.HALF);
        } else {
            ints().with("and", BFloat16.LOWER_HALF);
        }
    }

    private void bits(int value) {
        code.aload(value).invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(IntVectors.TYPE));
    }
}
