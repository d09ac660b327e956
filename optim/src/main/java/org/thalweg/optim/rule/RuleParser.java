package org.thalweg.optim.rule;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Source;
import org.thalweg.optim.text.Values;

/**
 * Reads the text form of rules:
 *
 * <pre>{@code
 * rules  = rule { "+" rule }
 * rule   = name [ ":" option { "," option } ]
 * option = name "=" value
 * }</pre>
 */
final class RuleParser {
    /** A plus between rules, not one that is the sign of a number or of its exponent. */
    private static final Pattern PLUS = Pattern.compile("(?<![0-9.][eE]|=)\\+");

    private static final Pattern COLON = Pattern.compile(":");
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern EQUALS = Pattern.compile("=");

    private RuleParser() {}

    static Rule parse(String text) {
        Piece whole = new Piece(new Source("rule", text), 0, text);
        return whole.split(PLUS, Integer.MAX_VALUE).stream()
                .map(RuleParser::rule)
                .reduce(Rule::then)
                .orElseThrow();
    }

    private static Rule rule(Piece piece) {
        List<Piece> halves = piece.split(COLON, 2);
        Piece name = halves.getFirst();
        if (name.text().isEmpty()) {
            throw name.error("expected the name of a rule (known: %s)".formatted(String.join(", ", Rules.names())));
        }
        Rule rule = Rules.named(name.text())
                .orElseThrow(() -> name.error(Names.unknown("rule", name.text(), Rules.names())));
        return halves.size() == 1 ? rule : with(rule, name, halves.get(1).split(COMMA, Integer.MAX_VALUE));
    }

    private static Rule with(Rule rule, Piece name, List<Piece> options) {
        if (!(rule instanceof Record record)) {
            throw name.error(Rules.name(rule) + " takes no options");
        }
        List<Object> values = new ArrayList<>(Records.values(record));
        Set<Integer> given = new HashSet<>();
        for (Piece option : options) {
            List<Piece> halves = option.split(EQUALS, 2);
            if (halves.size() < 2) {
                throw option.error("expected an option and its value, as in adam:beta1=0.95,epsilon=1e-6");
            }
            int index = index(rule, halves.getFirst());
            if (!given.add(index)) {
                throw option.error(
                        "%s is given twice".formatted(halves.getFirst().text()));
            }
            values.set(index, value(Records.components(record.getClass()).get(index), halves.get(1)));
        }
        try {
            return (Rule) Records.of(record.getClass(), values);
        } catch (IllegalArgumentException refused) {
            throw name.error(String.valueOf(refused.getMessage()));
        }
    }

    private static int index(Rule rule, Piece name) {
        List<String> known =
                Rules.options(rule).stream().map(Rules.Option::name).toList();
        for (int i = 0; i < known.size(); i++) {
            if (Names.same(known.get(i), name.text())) {
                return i;
            }
        }
        throw name.error(Names.unknown("option of " + Rules.name(rule), name.text(), known));
    }

    private static Object value(RecordComponent component, Piece text) {
        try {
            return Values.parse(component.getType(), text.text());
        } catch (IllegalArgumentException refused) {
            throw text.error(String.valueOf(refused.getMessage()));
        }
    }

    /** A part of the text without the spaces around it, which knows where it starts. */
    private record Piece(Source source, int start, String text) {
        List<Piece> split(Pattern separator, int most) {
            List<Piece> pieces = new ArrayList<>();
            Matcher matcher = separator.matcher(text);
            int from = 0;
            while (pieces.size() < most - 1 && matcher.find()) {
                pieces.add(part(from, matcher.start()));
                from = matcher.end();
            }
            pieces.add(part(from, text.length()));
            return pieces;
        }

        private Piece part(int from, int to) {
            String part = text.substring(from, to);
            int spaces = part.length() - part.stripLeading().length();
            return new Piece(source, start + from + spaces, part.strip());
        }

        IllegalArgumentException error(String problem) {
            return source.error(start, problem);
        }
    }
}
