package org.thalweg.optim.rule;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.thalweg.optim.schedule.Scaling;
import org.thalweg.optim.text.Records;

/** Rules for another batch size, beside what {@link Scaling} does to their rate. */
public final class BatchScaling {
    /** What the ready rules call the weight of the past in an average. */
    private static final Set<String> WEIGHTS_OF_THE_PAST = Set.of("beta", "beta1", "beta2", "beta3", "momentum", "rho");

    private BatchScaling() {}

    /**
     * A rule whose momentum and second moments remember as many examples at another batch size, by {@link Scaling#momentum} and
     * {@link Scaling#secondMoment}; in compositions all parts. What is no average stays, such as the interpolation of the
     * schedule-free rules, and so do rules of one's own that are no records.
     *
     * @param from the batch size that the rule's numbers were found for, at least 1
     * @param to the batch size that it is to be used with, at least 1
     */
    public static Rule averages(Rule rule, long from, long to) {
        return switch (rule) {
            case Chain(List<Rule> rules) ->
                new Chain(rules.stream().map(part -> averages(part, from, to)).toList());
            case ScheduleFreeSgd _, ScheduleFreeAdamW _ -> rule;
            case Record open when Records.isOpen(open) -> (Rule) rebuilt(open, from, to);
            default -> rule;
        };
    }

    private static Record rebuilt(Record rule, long from, long to) {
        List<Object> values = new ArrayList<>(Records.values(rule));
        List<RecordComponent> components = Records.components(rule.getClass());
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Double weight
                    && isWeightOfThePast(rule, components.get(i).getName())) {
                values.set(i, Scaling.momentum(weight, from, to));
            }
        }
        return Records.of(rule.getClass(), values);
    }

    private static boolean isWeightOfThePast(Record rule, String name) {
        return WEIGHTS_OF_THE_PAST.contains(name) || (rule instanceof RmsProp && name.equals("alpha"));
    }
}
