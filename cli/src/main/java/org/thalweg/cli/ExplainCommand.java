package org.thalweg.cli;

import java.io.PrintStream;
import org.thalweg.lab.bench.MemorySpeed;
import org.thalweg.optim.rule.Rules;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code thalweg explain}. */
@Command(
        name = "explain",
        description = "Show a rule's formula, its paper, its options, its state and what a step costs.")
final class ExplainCommand implements Runnable {
    private static final long MILLION = 1_000_000;

    private final Console console;

    @Parameters(
            paramLabel = "RULE",
            arity = "1..*",
            description = "A rule or a composition: adam, rms-prop:alpha=0.9, clip-by-global-norm + adam.")
    private String[] rule = {};

    ExplainCommand(Console console) {
        this.console = console;
    }

    /**
     * The answer.
     *
     * @param gigabytesPerSecond what memory gave just now
     * @param millisPerMillionParameters what a step takes at least at that speed
     */
    record Explanation(RuleSheet rule, double gigabytesPerSecond, double millisPerMillionParameters) {}

    @Override
    public void run() {
        RuleSheet sheet = RuleSheet.of(Rules.parse(String.join(" ", rule)));
        double speed = MemorySpeed.gigabytesPerSecond();
        double millis = sheet.bytesPerParameter() * MILLION / speed / 1e6;
        if (console.json()) {
            console.document(new Explanation(sheet, speed, millis));
        } else {
            print(sheet, speed, millis);
        }
    }

    private void print(RuleSheet sheet, double speed, double millis) {
        PrintStream out = console.out();
        out.printf("%s: %s%n%n", sheet.name(), sheet.summary());
        sheet.formula().forEach(line -> out.println("    " + line));
        out.println();
        sheet.source().forEach(source -> out.println("Source   " + source));
        if (!sheet.lectures().isEmpty()) {
            out.println("Taught   " + sheet.lectures());
        }
        if (!sheet.options().isEmpty()) {
            out.println("Options  (g gradient, p parameter, t step from 1)");
            sheet.options().forEach(o -> out.printf("    %-16s %-12s %s%n", o.name(), o.value(), o.expected()));
        }
        out.printf(
                "State    %s%n",
                sheet.state().isEmpty()
                        ? "none"
                        : String.join(", ", sheet.state())
                                + ": %d bytes per parameter".formatted(sheet.stateBytesPerParameter()));
        out.printf(
                "Cost     %d bytes per parameter and step, in %d %s over memory%n",
                sheet.bytesPerParameter(), sheet.passes(), sheet.passes() == 1 ? "pass" : "passes");
        out.printf(
                "         %.2f ms per million parameters at this machine's %.0f GB/s (measured just now)%n",
                millis, speed);
    }
}
