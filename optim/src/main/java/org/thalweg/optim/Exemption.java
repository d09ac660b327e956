package org.thalweg.optim;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.optim.rule.Chain;
import org.thalweg.optim.rule.Composition;
import org.thalweg.optim.rule.ForWeights;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;

/**
 * The usual two groups: weights, and the biases and parameters of normalisation layers, which are exempt from weight decay, L2
 * penalty and trust ratio. Large batches need it (Nado et al., 2021, arXiv:2102.06356), and most recipes have it.
 */
public final class Exemption {
    private static final Pattern NAME =
            Pattern.compile("(^|[._/])(bias|\\w*norm\\w*|bn\\d*|ln\\d*)([._/]|$)", Pattern.CASE_INSENSITIVE);

    private Exemption() {}

    /**
     * Whether a parameter is exempt: it has one axis or none, as biases and most scales and shifts have, or a part of its
     * name, between dots, is {@code bias}, contains {@code norm}, or is {@code bn} or {@code ln} with or without a number.
     */
    public static boolean applies(Parameter parameter) {
        return parameter.shape().length <= 1 || NAME.matcher(parameter.name()).find();
    }

    /**
     * One group of the weights, with the rule as it is, and one of the exempt parameters, with {@link #exempted} of it; a
     * group without parameters is left out.
     *
     * @throws IllegalArgumentException if the rule takes a norm over all parameters of what the exempt ones go without
     */
    public static List<ParameterGroup> groups(Rule rule, List<Parameter> parameters) {
        Rule exempted = exempted(rule);
        Map<Boolean, List<Parameter>> parts =
                parameters.stream().collect(Collectors.partitioningBy(Exemption::applies));
        return Stream.of(
                        new Part("weights", rule, parts.getOrDefault(false, List.of())),
                        new Part("biases and norms", exempted, parts.getOrDefault(true, List.of())))
                .filter(part -> !part.parameters().isEmpty())
                .map(part -> new ParameterGroup(part.name(), part.rule(), part.parameters()))
                .toList();
    }

    private record Part(String name, Rule rule, List<Parameter> parameters) {}

    /**
     * A rule without what is {@link ForWeights}, in compositions too; gradient descent if nothing is left.
     *
     * @throws IllegalArgumentException if the rule takes a norm over all parameters of what the exempt ones go without
     */
    public static Rule exempted(Rule rule) {
        List<Rule> left = parts(rule)
                .map(part -> part instanceof ForWeights forWeights ? forWeights.exempted() : part)
                .filter(part -> !(part instanceof Sgd))
                .toList();
        Rule exempted = switch (left.size()) {
            case 0 -> new Sgd();
            case 1 -> left.getFirst();
            default -> new Chain(left);
        };
        if (!rule.program().sumsOverAll().equals(exempted.program().sumsOverAll())) {
            throw new IllegalArgumentException(
                    "this rule takes a norm over all parameters behind weight decay, L2 penalty"
                            + " or trust ratio, which biases and normalisation go without: put the clipping first");
        }
        return exempted;
    }

    private static Stream<Rule> parts(Rule rule) {
        return switch (rule) {
            case Chain(List<Rule> rules) -> rules.stream().flatMap(Exemption::parts);
            case Composition composition -> parts(composition.composed());
            default -> Stream.of(rule);
        };
    }
}
