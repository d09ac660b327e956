package org.thalweg.optim.kernel;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.thalweg.optim.random.Normal;

/**
 * {@link Normal} as bytecode over vectors, bit by bit the same.
 *
 * @param lanes as wide as the float vectors that it makes
 */
record NormalVectors(CodeBuilder code, VectorLanes lanes) {
    private static final ClassDesc FLOATS = VectorLanes.vectorClass("FloatVector");
    private static final ClassDesc VECTOR = VectorLanes.vectorClass("Vector");
    private static final ClassDesc OPERATORS = VectorLanes.vectorClass("VectorOperators");
    private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
    private static final MethodTypeDesc WITH_FLOATS = MethodTypeDesc.of(FLOATS, VECTOR);

    /**
     * The locals of the numbers of some first places of pairs, and of those that go with them.
     *
     * @param first of the places themselves
     * @param second of those {@link Normal#HALF} behind
     */
    record Pair(int first, int second) {}

    /** From a first element's number and the halves of a key to numbers for each element from there on; all are first of a pair. */
    Pair pair() {
        ints().random();
        int bits = ints().stored();
        return pair(bits);
    }

    /** From the same to a normal number for each element from there on, wherever pairs begin. */
    void noise() {
        int lower = code.allocateLocal(TypeKind.INT);
        int upper = code.allocateLocal(TypeKind.INT);
        code.istore(upper).istore(lower);
        ints().placesFrom();
        int places = ints().stored();
        code.aload(places);
        ints().with("and", ~Normal.HALF);
        ints().random(lower, upper);
        Pair pair = pair(ints().stored());
        code.aload(pair.first()).aload(pair.second());
        ints().whereAny(places, Normal.HALF);
        code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, VectorLanes.vectorClass("VectorMask")));
    }

    private Pair pair(int bits) {
        radius(ints(), bits);
        signed(bits);
        int radius = ints().stored();
        int x = turn(bits);
        code.aload(x).aload(x).invokevirtual(FLOATS, "mul", WITH_FLOATS);
        int square = ints().stored();
        polynomial(Normal.cosine(), square);
        code.aload(radius).invokevirtual(FLOATS, "mul", WITH_FLOATS);
        int first = ints().stored();
        polynomial(Normal.sine(), square);
        code.aload(x).invokevirtual(FLOATS, "mul", WITH_FLOATS);
        code.aload(radius).invokevirtual(FLOATS, "mul", WITH_FLOATS);
        return new Pair(first, ints().stored());
    }

    private IntVectors ints() {
        return new IntVectors(code, lanes);
    }

    /** The angle in half turns. */
    private int turn(int bits) {
        code.aload(bits);
        ints().with("mul", Normal.TURN_FACTOR);
        converted();
        code.loadConstant(Normal.HALF_TURN).invokevirtual(FLOATS, "mul", MethodTypeDesc.of(FLOATS, CD_float));
        return ints().stored();
    }

    private void signed(int bits) {
        asInts();
        code.aload(bits);
        ints().shift("LSHL", Integer.SIZE - 1);
        ints().xor(ints().stored());
        ints().asFloats();
    }

    private void radius(IntVectors ints, int bits) {
        code.aload(bits);
        ints.shift("LSHR", 1);
        converted();
        spread(Normal.UNIT_31);
        spread(Normal.MIDDLE);
        fusedMultiplyAdd();
        asInts();
        int raw = ints.stored();
        code.aload(raw);
        ints.with("sub", Normal.ROOT_HALF);
        ints.shift("ASHR", Normal.MANTISSA);
        int exponent = ints.stored();
        code.aload(raw).aload(exponent);
        ints.shift("LSHL", Normal.MANTISSA);
        ints.withVector("sub");
        ints.asFloats();
        code.fconst_1().invokevirtual(FLOATS, "sub", MethodTypeDesc.of(FLOATS, CD_float));
        int f = ints.stored();
        code.aload(exponent);
        converted();
        spread(Normal.MINUS_TWO_LN_2);
        polynomial(Normal.logarithm(), f);
        code.aload(f).invokevirtual(FLOATS, "mul", WITH_FLOATS);
        fusedMultiplyAdd();
        code.invokevirtual(FLOATS, "sqrt", MethodTypeDesc.of(FLOATS));
    }

    /** Leaves the polynomial of the floats in a local, by Horner's scheme. */
    private void polynomial(float[] coefficients, int x) {
        spread(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            code.aload(x);
            spread(coefficients[i]);
            fusedMultiplyAdd();
        }
    }

    private void spread(float number) {
        code.loadConstant(number);
        lanes.spread(code);
    }

    private void fusedMultiplyAdd() {
        lanes.fusedMultiplyAdd(code);
    }

    private void asInts() {
        code.invokevirtual(FLOATS, "reinterpretAsInts", MethodTypeDesc.of(IntVectors.TYPE));
    }

    /** From ints to the nearest floats. */
    private void converted() {
        code.getstatic(OPERATORS, "I2F", CONVERSION).iconst_0();
        code.invokevirtual(IntVectors.TYPE, "convert", MethodTypeDesc.of(VECTOR, CONVERSION, CD_int));
        code.checkcast(FLOATS);
    }
}
