package org.thalweg.optim.schedule;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Values;

/**
 * How a schedule is written, read off its record: the name is the class's, the arguments are the components, and a
 * constructor that takes only the first few of them makes the others optional. A record whose first component is a
 * schedule is written behind that schedule and a dot.
 */
public record Form(Class<? extends Record> type) {
    /** Every schedule that has a text form; a new one is one more line. */
    static final List<Form> READY = Stream.<Class<? extends Record>>of(
                    Constant.class,
                    InverseTime.class,
                    InverseSquareRoot.class,
                    Exponential.class,
                    Step.class,
                    MultiStep.class,
                    Tenths.class,
                    Linear.class,
                    Polynomial.class,
                    Cosine.class,
                    WarmRestarts.class,
                    Triangular.class,
                    Triangular2.class,
                    ExpRange.class,
                    OneCycle.class,
                    WarmUpStableDecay.class,
                    WarmUp.class,
                    Then.class,
                    Times.class,
                    ReduceOnPlateau.class)
            .map(Form::new)
            .toList();

    /** As it is written. */
    public String name() {
        String name = type.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** Whether it is written behind another schedule. */
    public boolean follows() {
        return Records.components(type).getFirst().getType() == Schedule.class;
    }

    /** What stands between the parentheses. */
    List<RecordComponent> arguments() {
        return Records.components(type).stream().skip(leading()).toList();
    }

    /** Whether so many arguments suffice. */
    boolean takes(int count) {
        return Records.arities(type).contains(count + leading());
    }

    /** For example {@code cosine(rate, steps[, floor])}; what stands in one bracket is given together or left out. */
    public String signature() {
        List<String> names = arguments().stream().map(RecordComponent::getName).toList();
        List<Integer> counts = Records.arities(type).stream()
                .map(count -> count - leading())
                .filter(count -> count < names.size())
                .toList();
        String list = IntStream.range(0, names.size())
                .mapToObj(i -> (counts.contains(i) ? "[" : "") + (i == 0 ? "" : ", ") + names.get(i))
                .collect(Collectors.joining());
        return (follows() ? "." : "") + name() + "(" + list + "]".repeat(counts.size()) + ")";
    }

    /** What it is and where it comes from. */
    public About about() {
        return Objects.requireNonNull(type.getAnnotation(About.class), type.getName());
    }

    /** The schedule from the values of its components, the first few or all. */
    Schedule make(List<?> values) {
        return (Schedule) Records.of(type, values);
    }

    /** The text that is read back as an equal schedule; values that equal their defaults are left out. */
    static String print(Record schedule) {
        Form form = new Form(schedule.getClass());
        List<Object> values = Records.values(schedule);
        int needed = Records.arities(form.type).stream()
                .filter(count -> form.make(values.subList(0, count)).equals(schedule))
                .findFirst()
                .orElse(values.size());
        String arguments = values.subList(form.leading(), needed).stream()
                .map(Values::text)
                .collect(Collectors.joining(", "));
        return (form.follows() ? values.getFirst() + "." : "") + form.name() + "(" + arguments + ")";
    }

    /** The steps that show a schedule's shape, as far as it says; 0 if it does not. */
    static double shown(Schedule schedule) {
        return switch (schedule) {
            case Then(var _, long steps, Schedule next) -> steps + Math.max(steps / 2.0, shown(next));
            case WarmUp(Schedule after, long steps, var _, var _) -> steps + Math.max(4.0 * steps, shown(after));
            case Record record
            when Records.isOpen(record) ->
                new Form(record.getClass()).repeated()
                        * Records.values(record).stream()
                                .mapToDouble(Form::steps)
                                .sum();
            default -> 0;
        };
    }

    /** By convention of the ready schedules, a number of steps is a long, and no other argument is one. */
    private static double steps(Object argument) {
        return switch (argument) {
            case Long steps -> steps;
            case List<?> list when !list.isEmpty() -> steps(list.getLast());
            case Schedule part -> shown(part);
            default -> 0;
        };
    }

    private int repeated() {
        About about = type.getAnnotation(About.class);
        return about == null ? 1 : about.shown();
    }

    private int leading() {
        return follows() ? 1 : 0;
    }
}
