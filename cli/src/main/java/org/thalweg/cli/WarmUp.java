package org.thalweg.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * Runs a little of everything, so that the JDK can record for its ahead-of-time cache what a start needs, and so that
 * what is unpacked on first use is unpacked. The launcher calls it once after a build.
 */
@Command(
        name = "warm-up",
        hidden = true,
        description = "Prepare for quick starts; the launcher calls it after a build.")
final class WarmUp implements Runnable {
    /** The command lines whose start is made quick. */
    private static final List<String[]> LINES =
            List.of(new String[] {"--help"}, new String[] {"--version"}, new String[] {"--version", "--json"});

    private final Console console;

    WarmUp(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        for (String[] line : LINES) {
            PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
            if (Main.run(new Console(nowhere, console.err()), line) != 0) {
                throw new IllegalStateException("'thalweg " + String.join(" ", line) + "' failed.");
            }
        }
    }
}
