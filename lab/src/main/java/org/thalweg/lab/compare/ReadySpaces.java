package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.lab.compare.Range.Scale;
import org.thalweg.optim.rule.Rules;

/**
 * What is searched of the ready rules. Every rule's rate is searched over the same four factors of ten, around what is usual for it; a
 * momentum or the memory of a second moment over one less 0.2 to 0.01; a weight decay over three factors of ten. What was given with the
 * rule's text is left as it is.
 */
final class ReadySpaces {
    /** The highest rate of each rule; the lowest is four factors of ten below. */
    private static final Map<String, Double> HIGHEST = Map.ofEntries(
            Map.entry("sgd", 10.0),
            Map.entry("averaged-sgd", 10.0),
            Map.entry("schedule-free-sgd", 10.0),
            Map.entry("langevin", 10.0),
            Map.entry("perturbed-gradient", 10.0),
            Map.entry("progress-optimal", 10.0),
            Map.entry("momentum", 1.0),
            Map.entry("nesterov", 1.0),
            Map.entry("sgdw", 1.0),
            Map.entry("adagrad", 1.0),
            Map.entry("novo-grad", 1.0),
            Map.entry("lamb", 1.0),
            Map.entry("lars", 100.0),
            Map.entry("adadelta", 100.0),
            Map.entry("lion", 0.01),
            Map.entry("signum", 0.01));

    private static final double ADAPTIVE = 0.1;
    private static final double FOUR_TENS = 1e-4;

    private ReadySpaces() {}

    static SearchSpace of(RuleOptions rule) {
        double highest = rule.parts().stream()
                .map(part -> HIGHEST.get(Rules.name(part)))
                .flatMap(known -> Optional.ofNullable(known).stream())
                .findFirst()
                .orElse(ADAPTIVE);
        List<Range> ranges = new ArrayList<>();
        ranges.add(Range.log(Range.RATE, FOUR_TENS * highest, highest));
        rule.numbers().forEach((name, number) -> {
            if (number.usual()) {
                range(name, Rules.name(rule.parts().get(number.part())), number.option())
                        .ifPresent(ranges::add);
            }
        });
        return new SearchSpace(ranges);
    }

    private static Optional<Range> range(String name, String rule, String option) {
        return switch (option) {
            case "beta", "beta1", "rho" -> Optional.of(memory(name));
            case "alpha" -> Optional.of(memory(name)).filter(_ -> rule.equals("rms-prop"));
            case "decay" -> Optional.of(Range.log(name, 1e-4, 0.1));
            default -> Optional.empty();
        };
    }

    private static Range memory(String name) {
        return new Range(name, 0.8, 0.99, Scale.LOG_FROM_ONE);
    }
}
