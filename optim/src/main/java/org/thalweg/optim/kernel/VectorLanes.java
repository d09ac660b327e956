package org.thalweg.optim.kernel;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Comparison;
import org.thalweg.optim.expr.Expr.UnaryOp;

/**
 * A vector of elements at a time, by calls to the Vector API, which the JVM's compiler turns into single instructions.
 *
 * @param width lanes of a float vector: 2, 4, 8 or 16; with 8 or fewer, double vectors of as many lanes take sums
 */
record VectorLanes(int width) implements Lanes {
    private static final ClassDesc FLOATS = vectorClass("FloatVector");
    private static final ClassDesc DOUBLES = vectorClass("DoubleVector");
    private static final ClassDesc VECTOR = vectorClass("Vector");
    private static final ClassDesc MASK = vectorClass("VectorMask");
    private static final ClassDesc SPECIES = vectorClass("VectorSpecies");
    private static final ClassDesc OPERATORS = vectorClass("VectorOperators");
    private static final ClassDesc SHORTS = vectorClass("ShortVector");
    private static final ClassDesc COMPARISON = OPERATORS.nested("Comparison");
    private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
    private static final int SHORTEST_VECTOR = 64;
    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    private static final ClassDesc ORDER = ClassDesc.of("java.nio.ByteOrder");
    private static final MethodTypeDesc UNARY = MethodTypeDesc.of(FLOATS);
    private static final MethodTypeDesc BINARY = MethodTypeDesc.of(FLOATS, VECTOR);

    static ClassDesc vectorClass(String name) {
        return ClassDesc.of("jdk.incubator.vector." + name);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.REFERENCE;
    }

    private void floatSpecies(CodeBuilder code) {
        species(code, FLOATS, Float.SIZE);
    }

    private void doubleSpecies(CodeBuilder code) {
        species(code, DOUBLES, Double.SIZE);
    }

    @Override
    public void spread(CodeBuilder code) {
        floatSpecies(code);
        code.swap().invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, CD_float));
    }

    /** Whether there are vectors of as many two-byte numbers: from four on. */
    boolean takesTwoByteNumbers() {
        return width * Short.SIZE >= SHORTEST_VECTOR;
    }

    void species(CodeBuilder code, ClassDesc vectors, int bits) {
        code.getstatic(vectors, "SPECIES_" + width * bits, SPECIES);
    }

    @Override
    public void load(CodeBuilder code, Place place) {
        switch (place) {
            case HEAP -> {
                // The species goes below what is on the stack.
                floatSpecies(code);
                code.dup_x2().pop();
                code.invokestatic(
                        FLOATS, "fromArray", MethodTypeDesc.of(FLOATS, SPECIES, CD_float.arrayType(), CD_int));
            }
            case NATIVE -> fromSegment(code, FLOATS, Float.SIZE);
            case BFLOAT16, BFLOAT16_STOCHASTIC -> {
                fromSegment(code, SHORTS, Short.SIZE);
                new TwoByteVectors(code, this).widen();
            }
            case NOISE, NOISE_ANYWHERE -> noise(code);
        }
    }

    private void fromSegment(CodeBuilder code, ClassDesc vectors, int bits) {
        int offset = code.allocateLocal(TypeKind.LONG);
        int segment = code.allocateLocal(TypeKind.REFERENCE);
        code.lstore(offset).astore(segment);
        species(code, vectors, bits);
        code.aload(segment).lload(offset);
        nativeOrder(code);
        code.invokestatic(vectors, "fromMemorySegment", MethodTypeDesc.of(vectors, SPECIES, SEGMENT, CD_long, ORDER));
    }

    @Override
    public void store(CodeBuilder code, Place place, int value, int random) {
        switch (place) {
            case HEAP -> {
                int index = code.allocateLocal(TypeKind.INT);
                int array = code.allocateLocal(TypeKind.REFERENCE);
                code.istore(index).astore(array);
                code.aload(value).aload(array).iload(index);
                code.invokevirtual(FLOATS, "intoArray", MethodTypeDesc.of(CD_void, CD_float.arrayType(), CD_int));
            }
            case NATIVE -> intoSegment(code, FLOATS, () -> code.aload(value));
            case BFLOAT16 -> intoSegment(code, SHORTS, () -> new TwoByteVectors(code, this).toNearest(value));
            case BFLOAT16_STOCHASTIC ->
                intoSegment(code, SHORTS, () -> new TwoByteVectors(code, this).atRandom(value, random));
            case NOISE, NOISE_ANYWHERE -> throw new IllegalStateException("noise cannot be written");
        }
    }

    private static void intoSegment(CodeBuilder code, ClassDesc vectors, Runnable value) {
        int offset = code.allocateLocal(TypeKind.LONG);
        int segment = code.allocateLocal(TypeKind.REFERENCE);
        code.lstore(offset).astore(segment);
        value.run();
        code.aload(segment).lload(offset);
        nativeOrder(code);
        code.invokevirtual(vectors, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
    }

    /** From a vector on the stack to one of as many numbers of another type. */
    void convertShape(CodeBuilder code, ClassDesc from, String conversion, ClassDesc to, int bits) {
        code.getstatic(OPERATORS, conversion, CONVERSION);
        species(code, to, bits);
        code.iconst_0();
        code.invokevirtual(from, "convertShape", MethodTypeDesc.of(VECTOR, CONVERSION, SPECIES, CD_int));
        code.checkcast(to);
    }

    @Override
    public void random(CodeBuilder code) {
        new IntVectors(code, this).random();
    }

    @Override
    public void noise(CodeBuilder code) {
        new NormalVectors(code, this).noise();
    }

    @Override
    public void half(CodeBuilder code, boolean upper) {
        new TwoByteVectors(code, this).half(upper);
    }

    private static void nativeOrder(CodeBuilder code) {
        code.invokestatic(ORDER, "nativeOrder", MethodTypeDesc.of(ORDER));
    }

    @Override
    public void unary(CodeBuilder code, UnaryOp op) {
        String name = switch (op) {
            case NEGATE -> "neg";
            case ABS -> "abs";
            case SQRT -> "sqrt";
            case EXP, LOG -> throw new IllegalStateException(op + " is for uniforms");
        };
        code.invokevirtual(FLOATS, name, UNARY);
    }

    @Override
    public void binary(CodeBuilder code, BinaryOp op) {
        String name = switch (op) {
            case ADD -> "add";
            case SUBTRACT -> "sub";
            case MULTIPLY -> "mul";
            case DIVIDE -> "div";
            case MIN -> "min";
            case MAX -> "max";
            case POWER -> throw new IllegalStateException("power is for uniforms");
        };
        code.invokevirtual(FLOATS, name, BINARY);
    }

    @Override
    public void fusedMultiplyAdd(CodeBuilder code) {
        code.invokevirtual(FLOATS, "fma", MethodTypeDesc.of(FLOATS, VECTOR, VECTOR));
    }

    @Override
    public void select(CodeBuilder code, Comparison comparison, int x, int y, int whenTrue, int whenFalse) {
        String name = switch (comparison) {
            case LESS -> "LT";
            case LESS_OR_EQUAL -> "LE";
            case EQUAL -> "EQ";
        };
        code.aload(whenFalse).aload(whenTrue).aload(x);
        code.getstatic(OPERATORS, name, COMPARISON).aload(y);
        code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, COMPARISON, VECTOR));
        code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, VECTOR, MASK));
    }

    /**
     * The lanes for loops that sum: half as wide, so that a float vector and the double vector that it is added to have as
     * many lanes. Widening the two halves of a full vector apart costs more than twice as many short instructions.
     */
    VectorLanes forSums() {
        return new VectorLanes(width / 2);
    }

    /** Leaves a double vector of zeros. */
    void zeroSum(CodeBuilder code) {
        doubleSpecies(code);
        code.invokestatic(DOUBLES, "zero", MethodTypeDesc.of(DOUBLES, SPECIES));
    }

    /** Adds a value, or its squares, in double precision to the sum in a local. */
    void accumulate(CodeBuilder code, int value, boolean squares, int sum) {
        code.aload(sum).aload(value);
        convertShape(code, FLOATS, "F2D", DOUBLES, Double.SIZE);
        MethodTypeDesc operation = MethodTypeDesc.of(DOUBLES, VECTOR);
        if (squares) {
            code.dup().invokevirtual(DOUBLES, "mul", operation);
        }
        code.invokevirtual(DOUBLES, "add", operation).astore(sum);
    }

    /** Adds a sum in a local to the numbers at an index of an array of doubles. */
    void flush(CodeBuilder code, int sum, int array, int index) {
        code.aload(sum);
        doubleSpecies(code);
        code.aload(array).loadConstant(index);
        code.invokestatic(DOUBLES, "fromArray", MethodTypeDesc.of(DOUBLES, SPECIES, CD_double.arrayType(), CD_int));
        code.invokevirtual(DOUBLES, "add", MethodTypeDesc.of(DOUBLES, VECTOR));
        code.aload(array).loadConstant(index);
        code.invokevirtual(DOUBLES, "intoArray", MethodTypeDesc.of(CD_void, CD_double.arrayType(), CD_int));
    }
}
