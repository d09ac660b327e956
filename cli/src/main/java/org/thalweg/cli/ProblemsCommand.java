package org.thalweg.cli;

import java.util.List;
import org.thalweg.lab.problem.About;
import org.thalweg.lab.problem.Problems;
import org.thalweg.optim.text.Forms;
import picocli.CommandLine.Command;

/** {@code thalweg problems}. */
@Command(name = "problems", description = "List the test problems that rules can go down.")
final class ProblemsCommand implements Runnable {
    private static final String LINE = "  %-16s %s%n";

    private final Console console;

    ProblemsCommand(Console console) {
        this.console = console;
    }

    /**
     * What is to be told about a problem.
     *
     * @param options with the values that they have unless given
     */
    record Sheet(String name, String summary, String formula, List<String> options, String source, String lectures) {
        static Sheet of(Record problem) {
            About about = Problems.about(problem);
            return new Sheet(
                    Problems.text(problem),
                    about.summary(),
                    about.formula(),
                    Forms.options(problem),
                    about.source(),
                    about.lectures());
        }
    }

    @Override
    public void run() {
        List<Sheet> sheets = Problems.ready().stream().map(Sheet::of).toList();
        if (console.json()) {
            console.document(sheets);
            return;
        }
        for (Sheet sheet : sheets) {
            console.out().printf(LINE, sheet.name(), sheet.summary());
            console.out().printf(LINE, "", sheet.formula());
            if (!sheet.options().isEmpty()) {
                console.out().printf(LINE, "", "options: " + String.join(", ", sheet.options()));
            }
        }
        console.out().println();
        console.out().println("Or a function of x and y with + - * / ^ ( ), pi, e, sin cos exp log sqrt abs tanh pow:");
        console.out().println("  ./thalweg descend --problem '(1-x)^2 + 100*(y-x^2)^2' --html page.html");
    }
}
