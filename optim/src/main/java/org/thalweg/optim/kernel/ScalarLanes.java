package org.thalweg.optim.kernel;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.thalweg.optim.expr.Expr.BinaryOp;
import org.thalweg.optim.expr.Expr.Comparison;
import org.thalweg.optim.expr.Expr.UnaryOp;
import org.thalweg.optim.random.Counter;
import org.thalweg.optim.random.Normal;

/** One element at a time, in plain float arithmetic. */
record ScalarLanes() implements Lanes {
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc COUNTER = ClassDesc.of(Counter.class.getName());
    private static final ClassDesc NORMAL = ClassDesc.of(Normal.class.getName());
    private static final ClassDesc BFLOAT16 = ClassDesc.of(BFloat16.class.getName());
    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    private static final ClassDesc LAYOUT = ClassDesc.of("java.lang.foreign.ValueLayout");
    private static final ClassDesc FLOAT_LAYOUT = LAYOUT.nested("OfFloat");

    @Override
    public int width() {
        return 1;
    }

    @Override
    public TypeKind kind() {
        return TypeKind.FLOAT;
    }

    @Override
    public void spread(CodeBuilder code) {
        // One lane: the number itself.
    }

    @Override
    public void load(CodeBuilder code, Place place) {
        switch (place) {
            case HEAP -> code.faload();
            case NATIVE -> {
                layoutBelowOffset(code);
                code.invokeinterface(SEGMENT, "get", MethodTypeDesc.of(CD_float, FLOAT_LAYOUT, CD_long));
            }
            case BFLOAT16, BFLOAT16_STOCHASTIC ->
                code.invokestatic(BFLOAT16, "load", MethodTypeDesc.of(CD_float, SEGMENT, CD_long));
            case NOISE, NOISE_ANYWHERE -> noise(code);
        }
    }

    @Override
    public void store(CodeBuilder code, Place place, int value, int random) {
        switch (place) {
            case HEAP -> code.fload(value).fastore();
            case NATIVE -> {
                layoutBelowOffset(code);
                code.fload(value);
                code.invokeinterface(SEGMENT, "set", MethodTypeDesc.of(CD_void, FLOAT_LAYOUT, CD_long, CD_float));
            }
            case BFLOAT16 -> {
                code.fload(value);
                code.invokestatic(BFLOAT16, "store", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, CD_float));
            }
            case BFLOAT16_STOCHASTIC -> {
                code.fload(value).iload(random);
                code.invokestatic(BFLOAT16, "store", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, CD_float, CD_int));
            }
            case NOISE, NOISE_ANYWHERE -> throw new IllegalStateException("noise cannot be written");
        }
    }

    @Override
    public void random(CodeBuilder code) {
        code.invokestatic(COUNTER, "bits", MethodTypeDesc.of(CD_int, CD_int, CD_int, CD_int));
    }

    @Override
    public void noise(CodeBuilder code) {
        code.invokestatic(NORMAL, "at", MethodTypeDesc.of(CD_float, CD_int, CD_int, CD_int));
    }

    @Override
    public void half(CodeBuilder code, boolean upper) {
        if (upper) {
            code.loadConstant(Short.SIZE).iushr();
        } else {
            code.loadConstant(BFloat16.LOWER_HALF).iand();
        }
    }

    /** From {@code segment, offset} to {@code segment, layout, offset}. */
    private static void layoutBelowOffset(CodeBuilder code) {
        code.getstatic(LAYOUT, "JAVA_FLOAT", FLOAT_LAYOUT).dup_x2().pop();
    }

    @Override
    public void unary(CodeBuilder code, UnaryOp op) {
        switch (op) {
            case NEGATE -> code.fneg();
            case EXP, LOG -> throw new IllegalStateException(op + " is for uniforms");
            case ABS -> code.invokestatic(MATH, "abs", MethodTypeDesc.of(CD_float, CD_float));
            case SQRT ->
                code.f2d()
                        .invokestatic(MATH, "sqrt", MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double))
                        .d2f();
        }
    }

    @Override
    public void binary(CodeBuilder code, BinaryOp op) {
        switch (op) {
            case ADD -> code.fadd();
            case SUBTRACT -> code.fsub();
            case MULTIPLY -> code.fmul();
            case DIVIDE -> code.fdiv();
            case MIN -> code.invokestatic(MATH, "min", MethodTypeDesc.of(CD_float, CD_float, CD_float));
            case MAX -> code.invokestatic(MATH, "max", MethodTypeDesc.of(CD_float, CD_float, CD_float));
            case POWER -> throw new IllegalStateException("power is for uniforms");
        }
    }

    @Override
    public void fusedMultiplyAdd(CodeBuilder code) {
        code.invokestatic(MATH, "fma", MethodTypeDesc.of(CD_float, CD_float, CD_float, CD_float));
    }

    @Override
    public void select(CodeBuilder code, Comparison comparison, int x, int y, int whenTrue, int whenFalse) {
        Label otherwise = code.newLabel();
        Label end = code.newLabel();
        code.fload(x).fload(y);
        // fcmpg gives 1 for NaN, so that LESS fails; for EQUAL both would do.
        code.fcmpg();
        switch (comparison) {
            case LESS -> code.ifge(otherwise);
            case LESS_OR_EQUAL -> code.ifgt(otherwise);
            case EQUAL -> code.ifne(otherwise);
        }
        code.fload(whenTrue).goto_(end);
        code.labelBinding(otherwise).fload(whenFalse);
        code.labelBinding(end);
    }
}
