package org.thalweg.optim.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Trace;
import org.thalweg.optim.rule.Rule;

/**
 * A rule that nobody would write: random operations on whatever there is so far. Each keeps its result within a small range
 * and small errors small, so that single and double precision stay together; only what is exact in both is compared.
 */
final class RandomRule implements Rule {
    private final long seed;

    RandomRule(long seed) {
        this.seed = seed;
    }

    @Override
    public Expr direction(Expr gradient, Trace trace) {
        return new Growth(new Random(seed), trace).grow(gradient);
    }

    @Override
    public String toString() {
        return "random rule " + seed;
    }

    /** The expressions so far. */
    private static final class Growth {
        private static final double[] CONSTANTS = {-1, -0.5, -0.25, 0, 0.125, 0.5, 1, 1.5};

        private final Random random;
        private final Trace trace;
        private final List<Expr> elementwise = new ArrayList<>();
        private final List<Expr> uniform = new ArrayList<>();
        private final List<State> states = new ArrayList<>();

        Growth(Random random, Trace trace) {
            this.random = random;
            this.trace = trace;
        }

        Expr grow(Expr gradient) {
            elementwise.addAll(List.of(gradient, trace.parameter()));
            for (int i = random.nextInt(3); i > 0; i--) {
                elementwise.add(trace.noise(random.nextInt()));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                states.add(trace.state("s" + i, constant()));
            }
            elementwise.addAll(states);
            Expr decay = trace.hyper("decay", 0.75);
            uniform.addAll(List.of(
                    decay, decay.power(trace.step()), trace.rate(), trace.step().over(4)));
            for (int i = 8 + random.nextInt(20); i > 0; i--) {
                if (random.nextInt(3) == 0) {
                    uniform.add(uniform());
                } else {
                    elementwise.add(elementwise());
                }
            }
            states.forEach(this::assign);
            return any(elementwise).times(random.nextBoolean() ? Expr.constant(1) : any(uniform));
        }

        /** Anything may become of a state: old values of others, something uniform, or nothing. */
        private void assign(State state) {
            switch (random.nextInt(6)) {
                case 0 -> trace.assign(state, any(states));
                case 1 -> trace.assign(state, any(uniform));
                case 2 -> {}
                default -> trace.assign(state, any(elementwise));
            }
        }

        private Expr uniform() {
            Expr x = any(elementwise);
            Scope scope = any(List.of(Scope.values()));
            Expr u = any(uniform);
            return switch (random.nextInt(8)) {
                case 0, 1, 2 -> x.norm(scope).times(1 / 16.0);
                case 3, 4 -> x.sum(scope).times(1 / 256.0);
                case 5 -> u.times(any(uniform)).min(2);
                case 6 -> Expr.where(trace.step().lessThan(Expr.constant(3)), u, any(uniform));
                default -> u.over(any(uniform).abs().plus(0.5)).max(-2);
            };
        }

        private Expr elementwise() {
            Expr x = any(elementwise);
            Expr y = random.nextBoolean() ? any(uniform) : any(elementwise);
            return switch (random.nextInt(14)) {
                case 0 -> x.plus(y).times(0.5);
                case 1 -> y.minus(x).times(0.5);
                case 2 -> bounded(x).times(bounded(y));
                case 3 -> x.over(y.abs().plus(0.5));
                case 4 -> bounded(y).over(x.squared().plus(0.5));
                case 5 -> x.min(y);
                case 6 -> y.max(x);
                case 7 -> x.abs().negated();
                case 8 -> x.abs().plus(0.125).sqrt();
                case 9 -> bounded(x).fusedTimesPlus(bounded(y), bounded(any(elementwise)));
                case 10 -> exact().sign();
                case 11 -> Expr.where(exact().lessThan(Expr.constant(constant())), x, y);
                case 12 -> Expr.where(exact().atMost(Expr.constant(constant())), y, x);
                default -> Expr.where(exact().equalTo(constant()), x, y);
            };
        }

        /** From -2 to 2. */
        private static Expr bounded(Expr x) {
            return x.max(-2).min(2);
        }

        /** The gradient: the same number in single and double precision. */
        private Expr exact() {
            return elementwise.getFirst();
        }

        private double constant() {
            return CONSTANTS[random.nextInt(CONSTANTS.length)];
        }

        /** The newest more often, so that expressions grow deep. */
        private <T> T any(List<T> from) {
            int newest = random.nextBoolean() ? Math.min(3, from.size()) : from.size();
            return from.get(from.size() - 1 - random.nextInt(newest));
        }
    }
}
