package org.thalweg.optim.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Values;

/**
 * The ready rules by name, and rules as text: {@code adam}, {@code adam:beta1=0.95,epsilon=1e-6}, {@code
 * clip-by-global-norm:max-norm=1 + adam + weight-decay}.
 *
 * <p>A rule's name is its class's in kebab case, its options are its record components; case, dashes and underscores in
 * names do not matter. Options that are left out keep the value of the rule's no-argument constructor. {@code +} stands
 * for {@link Rule#then}, in the order of reading; it needs no spaces and no quotes in a shell, where {@code >} would write
 * a file.
 */
public final class Rules {
    static final String THEN = " + ";

    /** Every ready rule with its defaults; a new one is one more line. */
    private static final List<Rule> READY = List.of(
            new Sgd(),
            new Momentum(),
            new Nesterov(),
            new Adagrad(),
            new RmsProp(),
            new Adam(),
            new AdamW(),
            new AmsGrad(),
            new AdaMax(),
            new Adadelta(),
            new Nadam(),
            new RAdam(),
            new AdaBelief(),
            new Yogi(),
            new Adan(),
            new AdEmaMix(),
            new Lion(),
            new Signum(),
            new SgdW(),
            new AveragedSgd(),
            new ScheduleFreeSgd(),
            new ScheduleFreeAdamW(),
            new Swats(),
            new Langevin(),
            new PerturbedGradient(),
            new ProgressOptimal(),
            new NovoGrad(),
            new Lamb(),
            new Lars(),
            new L2(),
            new WeightDecay(),
            new TrustRatio(),
            new Larc(),
            new GradientNoise(),
            new Centralize(),
            new ClipByValue(),
            new ClipByNorm(),
            new ClipByGlobalNorm(),
            new AdaptiveGradientClip());

    private Rules() {}

    /**
     * A number, switch or choice that a rule can be given.
     *
     * @param name in kebab case
     * @param value this rule's value as text
     * @param expected what a value looks like, such as {@code a number} or {@code true or false}
     */
    public record Option(String name, String value, String expected) {}

    /** Every ready rule and transform with its defaults. */
    public static List<Rule> ready() {
        return READY;
    }

    /** The names of the ready rules, in the same order. */
    public static List<String> names() {
        return READY.stream().map(Rules::name).toList();
    }

    /** A rule's name: its class's in kebab case, such as {@code rms-prop} or {@code adamw}. */
    public static String name(Rule rule) {
        return Names.kebab(rule.getClass().getSimpleName());
    }

    /** The options of a rule with the values they have; none if it is not a record, or a closed one. */
    public static List<Option> options(Rule rule) {
        List<Option> options = new ArrayList<>();
        if (rule instanceof Record record && Records.isOpen(record)) {
            List<Object> values = Records.values(record);
            Records.components(record.getClass())
                    .forEach(component -> options.add(new Option(
                            Names.kebab(component.getName()),
                            Values.text(values.get(options.size())),
                            Values.described(component.getType()))));
        }
        return options;
    }

    /**
     * Reads a rule or a composition of rules from text.
     *
     * @throws IllegalArgumentException if the text is none; the message says where, what was expected, and the nearest
     *     name
     */
    public static Rule parse(String text) {
        return RuleParser.parse(text);
    }

    /**
     * The text of a rule or composition, with the options that differ from the defaults. {@link #parse} reads it back as
     * an equal rule if all its parts are ready rules; a rule of one's own is written with all its options if it is a
     * record, and otherwise as its {@code toString}.
     */
    public static String format(Rule rule) {
        if (rule instanceof Chain(var rules)) {
            return rules.stream().map(Rules::format).collect(Collectors.joining(THEN));
        }
        if (!(rule instanceof Record record && Records.isOpen(record))) {
            return rule.toString();
        }
        List<Option> defaults = READY.stream()
                .filter(ready -> ready.getClass() == rule.getClass())
                .findFirst()
                .map(Rules::options)
                .orElse(List.of());
        String options = options(rule).stream()
                .filter(option -> !defaults.contains(option))
                .map(option -> option.name() + "=" + option.value())
                .collect(Collectors.joining(","));
        return options.isEmpty() ? name(rule) : name(rule) + ":" + options;
    }

    static Optional<Rule> named(String name) {
        return READY.stream().filter(rule -> Names.same(name(rule), name)).findFirst();
    }
}
