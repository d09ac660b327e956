package org.thalweg.optim.expr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.thalweg.optim.expr.Expr.Hyper;
import org.thalweg.optim.expr.Expr.Initial;
import org.thalweg.optim.expr.Expr.Noise;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Expr.StepNoise;

/**
 * What a rule sees while it is traced: the leaves of its expressions, and where its state goes.
 *
 * <p>A rule is traced once, when an optimizer is made. State is declared by using it; names must be unique within a rule
 * and are made so in a composition.
 */
public final class Trace {
    private final Map<State, Expr> next = new LinkedHashMap<>();
    private final Map<ScalarState, Expr> nextScalars = new LinkedHashMap<>();
    private final List<Hyper> hypers = new ArrayList<>();
    private int noises;
    private String owner;
    private boolean rateTaken;

    Trace(String owner) {
        this.owner = owner;
    }

    /** The parameter's value before this step. */
    public Expr parameter() {
        return new Expr.ParameterValue();
    }

    /** The learning rate of this step. */
    public Expr rate() {
        return new Expr.Rate();
    }

    /**
     * The learning rate, for a rule that applies it itself, inside its state. From here on expressions are steps, not
     * directions: nothing multiplies them with the rate again.
     */
    public Expr takeRate() {
        Expr rate = rateTaken ? Expr.constant(1) : rate();
        rateTaken = true;
        return rate;
    }

    /** What brings a direction to the scale of the expressions at this place: 1, or the rate once it is taken. */
    public Expr scale() {
        return rateTaken ? rate() : Expr.constant(1);
    }

    /** The number of this step, from 1. */
    public Expr step() {
        return new Expr.StepCount();
    }

    /**
     * Normal noise of mean 0 and variance 1, one number for each element, new in every step and each time this is called. It
     * is the same again for the same seed, parameter's name and step.
     */
    public Noise noise(long seed) {
        return new Noise(seed, noises++);
    }

    /** One normal number of mean 0 and variance 1 for all parameters together, new in every step and each time this is called. */
    public StepNoise stepNoise(long seed) {
        return new StepNoise(seed, noises++);
    }

    /** Declares a hyperparameter: a number that prints under its name and can be scheduled. */
    public Expr hyper(String name, double value) {
        Hyper hyper = new Hyper(owner, name, value);
        if (!hypers.contains(hyper)) {
            hypers.add(hyper);
        }
        return hyper;
    }

    /** Declares state that starts at zero; the answer is its value before this step. */
    public State state(String name) {
        return state(name, 0);
    }

    /** Declares state whose elements all start at {@code initial}. */
    public State state(String name, double initial) {
        return declare(new State(unique(name), new Initial.Number(initial)));
    }

    /** Declares state that starts as a copy of the parameter. */
    public State stateFromParameter(String name) {
        return declare(new State(unique(name), new Initial.OfParameter()));
    }

    private State declare(State state) {
        next.put(state, state);
        return state;
    }

    /** Declares one number for the whole tensor, in double precision; the answer is its value before this step. */
    public ScalarState scalarState(String name, double initial) {
        ScalarState state = new ScalarState(unique(name), initial);
        nextScalars.put(state, state);
        return state;
    }

    private String unique(String name) {
        String unique = name;
        for (int i = 2; declares(unique); i++) {
            unique = name + "_" + i;
        }
        return unique;
    }

    private boolean declares(String name) {
        return Stream.concat(
                        next.keySet().stream().map(State::name),
                        nextScalars.keySet().stream().map(ScalarState::name))
                .anyMatch(name::equals);
    }

    /**
     * Says what a state is after this step.
     *
     * @return {@code value}, to go on with
     */
    public Expr assign(State state, Expr value) {
        return assign(next, state, value);
    }

    /**
     * Says what a number of the whole tensor is after this step.
     *
     * @param value a uniform that is the same for all rows; anything else is refused when the rule is compiled
     * @return {@code value}, to go on with
     */
    public Expr assign(ScalarState state, Expr value) {
        return assign(nextScalars, state, value);
    }

    private static <S> Expr assign(Map<S, Expr> declared, S state, Expr value) {
        if (!declared.containsKey(state)) {
            throw new IllegalArgumentException(state + " was not declared by this trace");
        }
        declared.put(state, value);
        return value;
    }

    /** An exponential moving average: {@code s <- beta * s + (1 - beta) * x}; the answer is the new average. */
    public Expr average(String name, Expr x, Expr beta) {
        State s = state(name);
        return assign(s, beta.times(s).plus(Expr.constant(1).minus(beta).times(x)));
    }

    /** The weight that an average from zero has gathered after this step, {@code 1 - beta^t}. */
    public Expr bias(Expr beta) {
        return Expr.constant(1).minus(beta.power(step()));
    }

    /** Traces a part of a composition: its hyperparameters belong to {@code name}. */
    public Expr within(String name, Function<Trace, Expr> part) {
        String outer = owner;
        owner = name;
        try {
            return part.apply(this);
        } finally {
            owner = outer;
        }
    }

    Program finish(Expr direction) {
        Expr step = rateTaken ? direction : rate().times(direction);
        List<Program.Assignment> assignments = new ArrayList<>();
        next.forEach((state, value) -> assignments.add(new Program.Assignment(state, value)));
        List<Program.ScalarAssignment> scalars = new ArrayList<>();
        nextScalars.forEach((state, value) -> scalars.add(new Program.ScalarAssignment(state, value)));
        return new Program(assignments, scalars, parameter().minus(step), hypers);
    }
}
