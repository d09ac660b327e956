package org.thalweg.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.optim.Cost;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Formula;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.rule.About;
import org.thalweg.optim.rule.Chain;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/**
 * What is to be told about a rule, all of it read off the rule itself.
 *
 * @param name the text that names it on the command line
 * @param kind rule, transform or composition
 * @param source the papers
 * @param lectures that teach it, as {@link About#lectures} says
 * @param state what it keeps for each parameter, by name
 * @param bytesPerParameter moved in one step
 * @param passes over memory in one step
 */
record RuleSheet(
        String name,
        String summary,
        String kind,
        List<String> formula,
        List<String> source,
        String lectures,
        List<Rules.Option> options,
        List<String> state,
        int stateBytesPerParameter,
        int bytesPerParameter,
        int passes) {

    static RuleSheet of(Rule rule) {
        Program program = rule.program();
        Cost cost = Cost.of(rule);
        List<Rule> parts = rule instanceof Chain(List<Rule> rules) ? rules : List.of(rule);
        Optional<About> about = about(rule);
        return new RuleSheet(
                Rules.format(rule),
                about.map(About::summary).orElse("a composition"),
                about.map(a -> a.kind().name().toLowerCase(Locale.ROOT)).orElse("composition"),
                Formula.of(program),
                parts.stream()
                        .flatMap(part -> about(part).stream())
                        .map(About::source)
                        .toList(),
                about.map(About::lectures).orElse(""),
                parts.stream().flatMap(part -> Rules.options(part).stream()).toList(),
                program.states().stream().map(State::name).toList(),
                cost.stateBytesPerParameter(),
                cost.bytesPerParameter(),
                cost.passes());
    }

    private static Optional<About> about(Rule rule) {
        return Optional.ofNullable(rule.getClass().getAnnotation(About.class));
    }
}
