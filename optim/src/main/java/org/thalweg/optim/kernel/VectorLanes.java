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
    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    private static final ClassDesc ORDER = ClassDesc.of("java.nio.ByteOrder");
    private static final MethodTypeDesc UNARY = MethodTypeDesc.of(FLOATS);
    private static final MethodTypeDesc BINARY = MethodTypeDesc.of(FLOATS, VECTOR);

    private static ClassDesc vectorClass(String name) {
        return ClassDesc.of("jdk.incubator.vector." + name);
    }

    @Override
    public TypeKind kind() {
        return TypeKind.REFERENCE;
    }

    private void species(CodeBuilder code) {
        code.getstatic(FLOATS, "SPECIES_" + width * Float.SIZE, SPECIES);
    }

    private void doubleSpecies(CodeBuilder code) {
        code.getstatic(DOUBLES, "SPECIES_" + width * Double.SIZE, SPECIES);
    }

    @Override
    public void spread(CodeBuilder code) {
        species(code);
        code.swap().invokestatic(FLOATS, "broadcast", MethodTypeDesc.of(FLOATS, SPECIES, CD_float));
    }

    @Override
    public void load(CodeBuilder code, boolean heap) {
        // The species goes below what is on the stack: array and int, or segment and long.
        species(code);
        if (heap) {
            code.dup_x2().pop();
            code.invokestatic(FLOATS, "fromArray", MethodTypeDesc.of(FLOATS, SPECIES, CD_float.arrayType(), CD_int));
            return;
        }
        int species = code.allocateLocal(TypeKind.REFERENCE);
        int offset = code.allocateLocal(TypeKind.LONG);
        int segment = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(species).lstore(offset).astore(segment);
        code.aload(species).aload(segment).lload(offset);
        nativeOrder(code);
        code.invokestatic(FLOATS, "fromMemorySegment", MethodTypeDesc.of(FLOATS, SPECIES, SEGMENT, CD_long, ORDER));
    }

    @Override
    public void store(CodeBuilder code, boolean heap, int value) {
        if (heap) {
            int index = code.allocateLocal(TypeKind.INT);
            int array = code.allocateLocal(TypeKind.REFERENCE);
            code.istore(index).astore(array);
            code.aload(value).aload(array).iload(index);
            code.invokevirtual(FLOATS, "intoArray", MethodTypeDesc.of(CD_void, CD_float.arrayType(), CD_int));
            return;
        }
        int offset = code.allocateLocal(TypeKind.LONG);
        int segment = code.allocateLocal(TypeKind.REFERENCE);
        code.lstore(offset).astore(segment);
        code.aload(value).aload(segment).lload(offset);
        nativeOrder(code);
        code.invokevirtual(FLOATS, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, ORDER));
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
        ClassDesc comparisonType = OPERATORS.nested("Comparison");
        code.aload(whenFalse).aload(whenTrue).aload(x);
        code.getstatic(OPERATORS, name, comparisonType).aload(y);
        code.invokevirtual(FLOATS, "compare", MethodTypeDesc.of(MASK, comparisonType, VECTOR));
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
        ClassDesc conversion = OPERATORS.nested("Conversion");
        code.getstatic(OPERATORS, "F2D", conversion);
        doubleSpecies(code);
        code.iconst_0();
        code.invokevirtual(FLOATS, "convertShape", MethodTypeDesc.of(VECTOR, conversion, SPECIES, CD_int));
        code.checkcast(DOUBLES);
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
