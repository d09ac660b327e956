package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.thalweg.optim.rule.Rule;
import org.thalweg.train.data.SplitMix64;

/**
 * What is searched of a rule, and between which values.
 *
 * @param ranges the rate's first; each setting once
 */
public record SearchSpace(List<Range> ranges) {
    /** @throws IllegalArgumentException if the rate is not among them, or one is there twice */
    public SearchSpace {
        ranges = List.copyOf(ranges);
        Set<String> names = new HashSet<>();
        ranges.forEach(range -> {
            if (!names.add(range.name())) {
                throw new IllegalArgumentException("the range of %s is given twice".formatted(range.name()));
            }
        });
        if (!names.contains(Range.RATE)) {
            throw new IllegalArgumentException("a search space needs a range for " + Range.RATE);
        }
    }

    /** What is searched of a rule unless something else is asked for: see {@link ReadySpaces}. */
    public static SearchSpace of(Rule rule) {
        return ReadySpaces.of(RuleOptions.of(rule));
    }

    /** The same with another range, instead of the one of that name or beside the others. */
    public SearchSpace with(Range wanted) {
        List<Range> changed = new ArrayList<>(ranges);
        changed.replaceAll(range -> range.name().equals(wanted.name()) ? wanted : range);
        if (!changed.contains(wanted)) {
            changed.add(wanted);
        }
        return new SearchSpace(changed);
    }

    /**
     * Settings number so and so: the same whenever they are asked for, and independent of all others.
     *
     * @param seed of the comparison
     * @param rule whose settings they are
     * @param number from 0
     */
    public SequencedMap<String, Double> draw(long seed, String rule, int number) {
        SplitMix64 random = SplitMix64.stream(seed ^ ((long) rule.hashCode() << Integer.SIZE), number);
        return values(range -> range.at(random.uniform()));
    }

    /** The smallest values: the gentlest settings. */
    public SequencedMap<String, Double> lowest() {
        return values(range -> range.at(0));
    }

    /** The largest values. */
    SequencedMap<String, Double> highest() {
        return values(range -> range.at(1));
    }

    private SequencedMap<String, Double> values(ToDoubleFunction<Range> value) {
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        ranges.forEach(range -> values.put(range.name(), value.applyAsDouble(range)));
        return values;
    }

    /** As text: {@code lr 0.0001..1:log, beta 0.8..0.99:log-from-one}. */
    public String text() {
        return String.join(
                ", ",
                ranges.stream().map(range -> range.name() + " " + range.text()).toList());
    }
}
