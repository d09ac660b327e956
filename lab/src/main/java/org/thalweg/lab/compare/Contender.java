package org.thalweg.lab.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.thalweg.lab.compare.Range.Scale;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.text.Names;

/**
 * A rule that is compared with others.
 *
 * @param name how it is called; one that {@link #of(String)} reads may be run in other processes
 * @param space what is searched of it
 * @param maker the rule with such settings, the rate left out
 */
public record Contender(String name, SearchSpace space, Function<SequencedMap<String, Double>, Rule> maker) {
    private static final Pattern PART = Pattern.compile("\\+(?=\\s*[A-Za-z])");
    private static final Pattern OPTION = Pattern.compile("([A-Za-z0-9_-]+)\\s*=");

    /**
     * A ready rule or composition from its text, with what is searched of it usually. Options that the text gives are not searched.
     *
     * @throws IllegalArgumentException if there is no such rule
     */
    public static Contender of(String text) {
        Contender usual = of(Rules.parse(text));
        List<Range> searched = usual.space().ranges().stream()
                .filter(range -> range.name().equals(Range.RATE) || !isGiven(text, range.name()))
                .toList();
        boolean all = searched.equals(usual.space().ranges());
        return new Contender(all ? usual.name() : text.strip(), new SearchSpace(searched), usual.maker());
    }

    /** Whether a text says what a setting is, be it what it is anyway. */
    private static boolean isGiven(String text, String setting) {
        int dot = setting.indexOf('.');
        String option = setting.substring(dot + 1);
        return PART.splitAsStream(text)
                .filter(part -> dot < 0 || Names.same(part.split(":", 2)[0].strip(), setting.substring(0, dot)))
                .flatMap(part -> OPTION.matcher(part).results())
                .anyMatch(found -> Names.same(found.group(1), option));
    }

    /**
     * A ready rule or composition.
     *
     * @throws IllegalArgumentException if a part of it is not ready: say then what is searched of it, and how it is made
     */
    public static Contender of(Rule rule) {
        RuleOptions options = RuleOptions.of(rule);
        return new Contender(Rules.format(rule), ReadySpaces.of(options), options::with);
    }

    /** The same with another search space. */
    public Contender with(SearchSpace wanted) {
        return new Contender(name, wanted, maker);
    }

    /** The same with another range, instead of the one of that name or beside the others. */
    public Contender with(Range range) {
        Contender changed = with(space.with(range));
        changed.rule(changed.space.lowest()); // refuses options that there are not, and values that cannot be
        changed.rule(changed.space.highest());
        return changed;
    }

    /**
     * The same with a range that is written as {@link Range#parse} reads it, on the scale that is usual for that setting unless
     * it names one.
     */
    public Contender with(String setting, String range) {
        Scale usual = space.ranges().stream()
                .filter(known -> known.name().equals(setting))
                .map(Range::scale)
                .findFirst()
                .orElse(setting.contains("beta") ? Scale.LOG_FROM_ONE : Scale.LOG);
        return with(Range.parse(setting, range, usual));
    }

    /** The rule with such settings. */
    public Rule rule(SequencedMap<String, Double> values) {
        SequencedMap<String, Double> options = new LinkedHashMap<>(values);
        options.remove(Range.RATE);
        return maker.apply(options);
    }
}
