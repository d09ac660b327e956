package org.thalweg.optim.schedule;

import org.thalweg.optim.schedule.ReduceOnPlateau.Aim;

/**
 * A {@link ReduceOnPlateau} at work: give it to an optimizer, and {@link #observe} a loss or an accuracy after each epoch. The
 * only schedule whose values depend on more than the step; {@link #state} is all that has to be saved. Safe for use by several
 * threads.
 */
public final class PlateauWatch implements Schedule {
    private final ReduceOnPlateau plateau;
    private State state;

    /**
     * What is remembered.
     *
     * @param best the best measurement so far; infinite before the first
     * @param bad measurements in a row that were not better
     * @param cooling measurements that will still count for nothing
     * @param reductions how often the factor was applied
     */
    public record State(double best, long bad, long cooling, long reductions) {
        /** @throws IllegalArgumentException if an argument is out of range */
        public State {
            Arguments.require(!Double.isNaN(best), "best", "a number", best);
            Arguments.requireAtLeast("bad", 0, bad);
            Arguments.requireAtLeast("cooling", 0, cooling);
            Arguments.requireAtLeast("reductions", 0, reductions);
        }
    }

    PlateauWatch(ReduceOnPlateau plateau) {
        this.plateau = plateau;
        state = new State(plateau.aim() == Aim.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY, 0, 0, 0);
    }

    /** The value under all reductions so far, whatever step is asked for. */
    @Override
    public synchronized double at(long step) {
        return plateau.reduced(plateau.before().at(step), state.reductions());
    }

    /**
     * Takes a measurement.
     *
     * @param measured what the plateau is to be seen in; not a number counts as not better
     * @return whether the value was reduced
     */
    public synchronized boolean observe(double measured) {
        boolean better = plateau.isBetter(measured, state.best());
        boolean cooling = state.cooling() > 0;
        long bad = better || cooling ? 0 : state.bad() + 1;
        boolean reduce = bad > plateau.patience();
        state = new State(
                better ? measured : state.best(),
                reduce ? 0 : bad,
                reduce ? plateau.cooldown() : state.cooling() - (cooling ? 1 : 0),
                state.reductions() + (reduce ? 1 : 0));
        return reduce;
    }

    /** Which measurements it wants to see. */
    public Aim aim() {
        return plateau.aim();
    }

    /** All that is remembered. */
    public synchronized State state() {
        return state;
    }

    /** Goes on from a saved state. */
    public synchronized void restore(State saved) {
        state = saved;
    }

    /** The text form of the settings, without the state. */
    @Override
    public String toString() {
        return plateau.toString();
    }
}
