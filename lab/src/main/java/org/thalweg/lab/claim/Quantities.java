package org.thalweg.lab.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Several numbers of the same measurements, one after another.
 *
 * @param measured one for each seed
 * @param list the numbers so far
 */
public record Quantities<M>(List<M> measured, List<Quantity> list) {
    public Quantities {
        measured = List.copyOf(measured);
        list = List.copyOf(list);
    }

    /** None yet. */
    public static <M> Quantities<M> of(List<M> measured) {
        return new Quantities<>(measured, List.of());
    }

    /** The same with one more, see {@link Quantity#of}. */
    public Quantities<M> and(String name, String unit, ToDoubleFunction<M> number) {
        List<Quantity> more = new ArrayList<>(list);
        more.add(Quantity.of(name, unit, measured, number));
        return new Quantities<>(measured, more);
    }
}
