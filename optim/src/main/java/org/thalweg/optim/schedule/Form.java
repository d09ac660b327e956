package org.thalweg.optim.schedule;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
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
record Form(Class<? extends Record> type) {
    /** Every schedule that has a text form; a new one is one more line. */
    static final List<Form> READY = Stream.<Class<? extends Record>>of(
                    Constant.class, //
                    Step.class,
                    Exponential.class,
                    Cosine.class,
                    WarmUp.class)
            .map(Form::new)
            .toList();

    String name() {
        String name = type.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** Whether it is written behind another schedule. */
    boolean follows() {
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

    /** For example {@code cosine(rate, steps[, floor])}. */
    String signature() {
        List<RecordComponent> arguments = arguments();
        int required = Records.arities(type).getFirst() - leading();
        String list = IntStream.range(0, arguments.size())
                .mapToObj(i -> (i < required ? "" : "[")
                        + (i == 0 ? "" : ", ")
                        + arguments.get(i).getName()
                        + (i < required ? "" : "]"))
                .collect(Collectors.joining());
        return (follows() ? "." : "") + name() + "(" + list + ")";
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

    private int leading() {
        return follows() ? 1 : 0;
    }
}
