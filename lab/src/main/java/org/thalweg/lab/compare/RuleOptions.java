package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Values;

/**
 * The numbers that a rule or composition can be given, by name: {@code beta1}, or {@code weight-decay.decay} where several parts of a
 * composition have one of that name.
 *
 * @param parts of the composition, in order
 */
record RuleOptions(List<Rule> parts) {
    private static final String THEN = " + ";

    /** One number. */
    record Number(int part, String option, double value, boolean usual) {}

    /**
     * Of a rule.
     *
     * @throws IllegalArgumentException if it is not made of ready rules
     */
    static RuleOptions of(Rule rule) {
        return new RuleOptions(Stream.of(Rules.format(rule).split(" \\+ ", -1))
                .map(Rules::parse)
                .toList());
    }

    /** The numbers by name. */
    SequencedMap<String, Number> numbers() {
        List<Number> all = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            Rule plain = Rules.parse(Rules.name(parts.get(part)));
            for (int i = 0; i < Rules.options(plain).size(); i++) {
                Rules.Option option = Rules.options(parts.get(part)).get(i);
                if (option.expected().equals(Values.described(double.class))) {
                    double value = (double) Values.parse(double.class, option.value());
                    boolean usual = option.equals(Rules.options(plain).get(i));
                    all.add(new Number(part, option.name(), value, usual));
                }
            }
        }
        SequencedMap<String, Number> named = new LinkedHashMap<>();
        for (Number number : all) {
            boolean alone = all.stream()
                            .filter(other -> other.option().equals(number.option()))
                            .count()
                    == 1;
            named.put(alone ? number.option() : Rules.name(parts.get(number.part())) + "." + number.option(), number);
        }
        return named;
    }

    /**
     * The rule with other numbers.
     *
     * @param values by name
     * @throws IllegalArgumentException if there is no such option, or it cannot be that
     */
    Rule with(SequencedMap<String, Double> values) {
        SequencedMap<String, Number> known = numbers();
        List<SequencedMap<String, String>> changes = parts.stream()
                .<SequencedMap<String, String>>map(RuleOptions::written)
                .toList();
        values.forEach((name, value) -> {
            Number number = known.get(name);
            if (number == null) {
                throw new IllegalArgumentException(
                        Names.unknown("option of " + name(), name, List.copyOf(known.keySet())));
            }
            changes.get(number.part()).put(number.option(), Values.text(value));
        });
        List<String> texts = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            String options = changes.get(part).entrySet().stream()
                    .map(option -> option.getKey() + "=" + option.getValue())
                    .collect(Collectors.joining(","));
            texts.add(Rules.name(parts.get(part)) + (options.isEmpty() ? "" : ":" + options));
        }
        return Rules.parse(String.join(THEN, texts));
    }

    private static SequencedMap<String, String> written(Rule part) {
        SequencedMap<String, String> options = new LinkedHashMap<>();
        Rules.options(part).forEach(option -> options.put(option.name(), option.value()));
        return options;
    }

    String name() {
        return parts.stream().map(Rules::format).collect(Collectors.joining(THEN));
    }
}
