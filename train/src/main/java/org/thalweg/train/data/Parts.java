package org.thalweg.train.data;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The parts that data is divided into; they share no example.
 *
 * @param train what gradients come from
 * @param validation what choices are made by, if some was set aside
 * @param test what the result is judged by
 */
public record Parts(Examples train, Optional<Examples> validation, Examples test) {
    /** The same parts, each changed in the same way. */
    public Parts map(UnaryOperator<Examples> change) {
        return new Parts(change.apply(train), validation.map(change), change.apply(test));
    }
}
