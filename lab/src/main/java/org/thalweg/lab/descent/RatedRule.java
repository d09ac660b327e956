package org.thalweg.lab.descent;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Constant;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.optim.text.Source;
import org.thalweg.optim.text.Values;

/**
 * A rule together with its learning rate, if it names one: {@code adam:lr=0.05}, {@code momentum:beta=0.8,lr=cosine(0.1, 500)},
 * {@code clip-by-norm + sgd:lr=0.01}. Beside {@code lr}, whose value is a schedule, the text is that of {@link Rules#parse}.
 */
public record RatedRule(Rule rule, Optional<Schedule> rate) {
    /** A rule at a constant rate. */
    public RatedRule(Rule rule, double rate) {
        this(rule, Optional.of(Schedule.constant(rate)));
    }

    private static final Pattern RATE = Pattern.compile("([:,])\\s*lr\\s*=", Pattern.CASE_INSENSITIVE);
    /** A plus between rules, not one that is the sign of a number or of its exponent. */
    private static final Pattern PLUS = Pattern.compile("(?<![0-9.][eE]|=)\\+");

    /**
     * Reads a rule with or without a rate.
     *
     * @throws IllegalArgumentException if the text is none; the message says where, and what was expected
     */
    public static RatedRule parse(String text) {
        Source source = new Source("rule", text);
        Matcher found = RATE.matcher(text);
        if (!found.find()) {
            return new RatedRule(Rules.parse(text), Optional.empty());
        }
        int end = end(text, found.end());
        String rest = text.substring(end);
        if (RATE.matcher(rest).find()) {
            throw source.error(end, "lr is given twice, and the rules of a composition share one rate");
        }
        boolean first = found.group(1).equals(":");
        boolean followed = rest.startsWith(",");
        String without = text.substring(0, found.start()) + (first && followed ? ":" + rest.substring(1) : rest);
        Rule rule = Rules.parse(without);
        return new RatedRule(rule, Optional.of(rate(source, text, found.end(), end)));
    }

    private static Schedule rate(Source source, String text, int start, int end) {
        try {
            return Schedule.parse(text.substring(start, end).strip());
        } catch (IllegalArgumentException refused) {
            throw source.error(start, "lr needs a number or a schedule: " + refused.getMessage());
        }
    }

    /** Where a schedule ends: at a comma or a plus that stands in no parentheses. */
    private static int end(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth == 0
                    && (c == ','
                            || PLUS.matcher(text)
                                    .region(i, i + 1)
                                    .useTransparentBounds(true)
                                    .lookingAt())) {
                return i;
            }
        }
        return text.length();
    }

    /** The same rule at a rate. */
    public RatedRule with(Schedule other) {
        return new RatedRule(rule, Optional.of(other));
    }

    /** The rule's text with the options that differ from its defaults, without the rate. */
    public String name() {
        return Rules.format(rule);
    }

    /** The rate as it is written behind {@code lr=}. */
    public Optional<String> rateText() {
        return rate.map(
                schedule -> schedule instanceof Constant(double value) ? Values.text(value) : schedule.toString());
    }

    /** The text that {@link #parse} reads back. */
    public String text() {
        String name = name();
        boolean options = name.substring(name.lastIndexOf(" + ") + 1).contains(":");
        return rateText().map(lr -> name + (options ? "," : ":") + "lr=" + lr).orElse(name);
    }
}
