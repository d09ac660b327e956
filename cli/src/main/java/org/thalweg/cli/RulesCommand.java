package org.thalweg.cli;

import java.util.List;
import org.thalweg.optim.rule.Rules;
import picocli.CommandLine.Command;

/** {@code thalweg rules}. */
@Command(name = "rules", description = "List the update rules and the transforms that compose with them.")
final class RulesCommand implements Runnable {
    private static final String LINE = "  %-24s %5s  %s%n";

    private final Console console;

    RulesCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        List<RuleSheet> sheets = Rules.ready().stream().map(RuleSheet::of).toList();
        if (console.json()) {
            console.document(sheets);
            return;
        }
        list(sheets, "rule", "Update rules (bytes moved per parameter and step)");
        list(sheets, "transform", "Transforms: compose with ' + ', as in 'clip-by-global-norm + adam + weight-decay'");
        console.out().println("'thalweg explain NAME' shows the formula, the paper, the options and the cost of one.");
    }

    private void list(List<RuleSheet> sheets, String kind, String heading) {
        console.out().println(heading + ":");
        sheets.stream()
                .filter(sheet -> sheet.kind().equals(kind))
                .forEach(sheet -> console.out().printf(LINE, sheet.name(), sheet.bytesPerParameter(), sheet.summary()));
        console.out().println();
    }
}
