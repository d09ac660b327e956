package org.thalweg.lab.compare;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.thalweg.train.engine.Engine;

/** This process, which makes one trial after the other with all its threads. */
final class Alone implements Crew {
    private final Comparison comparison;
    private final TrialRunner runner;

    Alone(Comparison comparison) {
        this.comparison = comparison;
        this.runner = new TrialRunner(
                comparison.pace(), new Trial.Place(Engine.start().setup().threads(), 1));
    }

    @Override
    public Trial.Place place() {
        return runner.place();
    }

    @Override
    public void run(List<Assignment> trials, Consumer<Trial> done, BooleanSupplier stop) {
        for (Assignment what : trials) {
            done.accept(
                    runner.run(comparison.workload(what.workload()), comparison.contender(what.rule()), what, stop));
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
