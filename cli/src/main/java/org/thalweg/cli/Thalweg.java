package org.thalweg.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command: the options that go anywhere on the line, and {@code --version}. */
@Command(
        name = "thalweg",
        description = "Trains networks, and shows and measures the optimizers that do it.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "'thalweg COMMAND --help' tells more about one command."})
final class Thalweg implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--version",
            description = "Print the versions of Thalweg and Java and whether there are vector kernels.")
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    Thalweg(Console console) {
        this.console = console;
    }

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Answer with one JSON document.")
    void json(boolean asked) {
        console.json(asked);
    }

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    void debug(boolean asked) {
        console.debug(asked);
    }

    @Override
    public void run() {
        if (!version) {
            CommandLine.usage(spec.commandLine(), console.out());
        } else if (console.json()) {
            console.document(Version.current());
        } else {
            console.out().println(Version.current().text());
        }
    }
}
