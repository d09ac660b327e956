package org.thalweg.lab.lecture;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What was chosen among several settings, and what came of it.
 *
 * @param <S> such as a rate
 * @param <O> such as a training's outcome
 */
record Tuned<S, O>(S setting, O outcome) {
    /** Tries all, and takes the first of those whose measure, such as the validation error, is lowest. */
    static <S, O> Tuned<S, O> lowest(List<S> settings, Function<S, O> trial, ToDoubleFunction<O> measure) {
        return settings.stream()
                .map(setting -> new Tuned<>(setting, trial.apply(setting)))
                .min(Comparator.comparingDouble(tuned -> measure.applyAsDouble(tuned.outcome())))
                .orElseThrow();
    }
}
