package org.thalweg.optim.expr;

import org.thalweg.optim.random.Counter;
import org.thalweg.optim.random.Normal;

/**
 * A symbolic expression over one tensor: what a {@link org.thalweg.optim.rule.Rule} is written in.
 *
 * <p>An expression is either <em>elementwise</em>, one number for each element of the tensor, or <em>uniform</em>, one
 * number for the whole tensor (or row): constants, hyperparameters, the rate, the step count, reductions, and all
 * arithmetic on those. Uniform arithmetic costs nothing in the loop: it is done in double precision on the host, once a
 * step, and passed in.
 *
 * <p>Expressions are immutable and mean what {@link Interpreter} computes from them in double precision. Comparisons,
 * {@code min} and {@code max} treat NaN as IEEE 754 and {@link Math#min(float, float)} do.
 */
public sealed interface Expr {
    /** A number written into the rule. */
    record Constant(double value) implements Expr {}

    /**
     * A hyperparameter: known by name so that it can be printed and scheduled.
     *
     * @param owner the rule that declares it, in a composition
     * @param value what it is unless it is scheduled
     */
    record Hyper(String owner, String name, double value) implements Expr {}

    /** The learning rate of this step. */
    record Rate() implements Expr {}

    /** The number of this step, counted from 1 as in the papers. */
    record StepCount() implements Expr {}

    /** The parameter's value before this step. */
    record ParameterValue() implements Expr {}

    /** The gradient of this step. */
    record Gradient() implements Expr {}

    /** Named state as the step before left it, one number for each element. */
    record State(String name, Initial initial) implements Expr {}

    /**
     * Named state of the tensor as a whole as the step before left it: one number, kept in double precision.
     *
     * @param initial its value before the first step
     */
    record ScalarState(String name, double initial) implements Expr {}

    /**
     * Normal noise of mean 0 and variance 1, one number for each element, new in every step. The numbers depend on nothing
     * but seed, stream, the parameter's name, the number of the step and that of the element, and are float32.
     *
     * @param seed chosen by the user
     * @param stream what tells it from other noise in the same rule
     */
    record Noise(long seed, int stream) implements Expr {
        /**
         * One of the numbers.
         *
         * @param parameter its name
         * @param step from 1
         * @param element row-major, from 0
         */
        public float at(String parameter, long step, long element) {
            return Normal.at(key(Counter.number(parameter), step), element);
        }

        /** What the numbers of one step of a parameter depend on beside the element. */
        public long key(long parameter, long step) {
            return Counter.key(seed, stream, parameter, step);
        }
    }

    /**
     * One normal number of mean 0 and variance 1 for all parameters together, new in every step: a uniform.
     *
     * @param seed chosen by the user
     * @param stream what tells it from other noise in the same rule
     */
    record StepNoise(long seed, int stream) implements Expr {
        /**
         * The number of a step.
         *
         * @param step from 1
         */
        public float at(long step) {
            return Normal.at(Counter.key(seed, stream, step), 0);
        }
    }

    /** What state is before the first step. */
    sealed interface Initial {
        /** The same number in every element. */
        record Number(double value) implements Initial {}

        /** What the parameter is when the optimizer is made. */
        record OfParameter() implements Initial {}
    }

    /** An operation on one operand. */
    record Unary(UnaryOp op, Expr x) implements Expr {}

    /** An operation on two operands. */
    record Binary(BinaryOp op, Expr x, Expr y) implements Expr {}

    /** {@code x * y + z} with a single rounding. */
    record FusedMultiplyAdd(Expr x, Expr y, Expr z) implements Expr {}

    /** {@code whenTrue} where the condition holds, {@code whenFalse} elsewhere. Both are computed. */
    record Select(Condition condition, Expr whenTrue, Expr whenFalse) implements Expr {}

    /** A sum of {@code x}, or of its squares, over a {@link Scope}: a uniform. Sums are in double precision. */
    record Reduction(ReductionKind kind, Scope scope, Expr x) implements Expr {}

    /** A comparison of two expressions; false if either is NaN. */
    record Condition(Comparison comparison, Expr x, Expr y) {}

    /** Operations on one operand, with their meaning. */
    enum UnaryOp {
        NEGATE,
        ABS,
        SQRT,
        /** For uniforms only. */
        EXP,
        /** The natural logarithm, for uniforms only. */
        LOG;

        /** The result in double precision. */
        public double apply(double x) {
            return switch (this) {
                case NEGATE -> -x;
                case ABS -> Math.abs(x);
                case SQRT -> Math.sqrt(x);
                case EXP -> Math.exp(x);
                case LOG -> Math.log(x);
            };
        }
    }

    /** Operations on two operands, with their meaning. */
    enum BinaryOp {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MIN,
        MAX,
        /** For uniforms only, such as {@code beta^t}. */
        POWER;

        /** The result in double precision. */
        public double apply(double x, double y) {
            return switch (this) {
                case ADD -> x + y;
                case SUBTRACT -> x - y;
                case MULTIPLY -> x * y;
                case DIVIDE -> x / y;
                case MIN -> Math.min(x, y);
                case MAX -> Math.max(x, y);
                case POWER -> Math.pow(x, y);
            };
        }
    }

    /** Ordered comparisons; none holds if an operand is NaN. */
    enum Comparison {
        LESS,
        LESS_OR_EQUAL,
        EQUAL;

        /** Whether the comparison holds. */
        public boolean holds(double x, double y) {
            return switch (this) {
                case LESS -> x < y;
                case LESS_OR_EQUAL -> x <= y;
                case EQUAL -> x == y;
            };
        }
    }

    /** What is summed. */
    enum ReductionKind {
        SUM,
        SUM_OF_SQUARES
    }

    /** Over what a reduction runs. Ordered from the narrowest to the widest. */
    enum Scope {
        /** One row: the weights into one unit, that is one index of the first axis; the whole of a vector. */
        ROW,
        /** One parameter tensor. */
        TENSOR,
        /** All parameters of the optimizer, over all groups whose rules sum the same, whatever their hyperparameters. */
        ALL
    }

    /** A number as an expression. */
    static Expr constant(double value) {
        return new Constant(value);
    }

    default Expr plus(Expr y) {
        return new Binary(BinaryOp.ADD, this, y);
    }

    default Expr plus(double y) {
        return plus(constant(y));
    }

    default Expr minus(Expr y) {
        return new Binary(BinaryOp.SUBTRACT, this, y);
    }

    default Expr minus(double y) {
        return minus(constant(y));
    }

    default Expr times(Expr y) {
        return new Binary(BinaryOp.MULTIPLY, this, y);
    }

    default Expr times(double y) {
        return times(constant(y));
    }

    default Expr over(Expr y) {
        return new Binary(BinaryOp.DIVIDE, this, y);
    }

    default Expr over(double y) {
        return over(constant(y));
    }

    /** {@code this * y + z}, rounded once. */
    default Expr fusedTimesPlus(Expr y, Expr z) {
        return new FusedMultiplyAdd(this, y, z);
    }

    /** The smaller of both; NaN if either is. */
    default Expr min(Expr y) {
        return new Binary(BinaryOp.MIN, this, y);
    }

    default Expr min(double y) {
        return min(constant(y));
    }

    /** The larger of both; NaN if either is. */
    default Expr max(Expr y) {
        return new Binary(BinaryOp.MAX, this, y);
    }

    default Expr max(double y) {
        return max(constant(y));
    }

    /** {@code this^y}; both must be uniform. */
    default Expr power(Expr y) {
        return new Binary(BinaryOp.POWER, this, y);
    }

    /** {@code e^this}, of a uniform. */
    default Expr exp() {
        return new Unary(UnaryOp.EXP, this);
    }

    /** The natural logarithm of a uniform. */
    default Expr log() {
        return new Unary(UnaryOp.LOG, this);
    }

    default Expr negated() {
        return new Unary(UnaryOp.NEGATE, this);
    }

    default Expr abs() {
        return new Unary(UnaryOp.ABS, this);
    }

    default Expr sqrt() {
        return new Unary(UnaryOp.SQRT, this);
    }

    default Expr squared() {
        return times(this);
    }

    /** 1, -1, or the number itself where it is a zero or NaN. */
    default Expr sign() {
        Expr negativeOrSelf = where(lessThan(constant(0)), constant(-1), this);
        return where(greaterThan(constant(0)), constant(1), negativeOrSelf);
    }

    default Condition lessThan(Expr y) {
        return new Condition(Comparison.LESS, this, y);
    }

    default Condition atMost(Expr y) {
        return new Condition(Comparison.LESS_OR_EQUAL, this, y);
    }

    default Condition greaterThan(Expr y) {
        return y.lessThan(this);
    }

    default Condition atLeast(Expr y) {
        return y.atMost(this);
    }

    default Condition equalTo(Expr y) {
        return new Condition(Comparison.EQUAL, this, y);
    }

    default Condition equalTo(double y) {
        return equalTo(constant(y));
    }

    /** Compare and select, element by element. */
    static Expr where(Condition condition, Expr whenTrue, Expr whenFalse) {
        return new Select(condition, whenTrue, whenFalse);
    }

    /** The Euclidean norm over a scope. */
    default Expr norm(Scope scope) {
        return new Reduction(ReductionKind.SUM_OF_SQUARES, scope, this).sqrt();
    }

    /** The Euclidean norm of the whole tensor. */
    default Expr norm() {
        return norm(Scope.TENSOR);
    }

    /** The sum over a scope. */
    default Expr sum(Scope scope) {
        return new Reduction(ReductionKind.SUM, scope, this);
    }
}
