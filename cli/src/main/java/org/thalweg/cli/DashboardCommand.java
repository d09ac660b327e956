package org.thalweg.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.dashboard.Dashboard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg dashboard}. */
@Command(
        name = "dashboard",
        description = "Serve a live page about runs: curves while they train, comparisons, reports. Ctrl-C ends it.")
final class DashboardCommand implements Runnable {
    private static final Path USUAL = Path.of("runs");
    private static final int LARGEST_PORT = 65_535;
    private static final long PAUSE_MILLIS = 50;

    private final Console console;

    @Parameters(
            paramLabel = "RUNS-DIR",
            arity = "0..1",
            description = "The folder that runs are made in; 'runs' if not given.")
    private Optional<Path> runs = Optional.empty();

    @Option(
            names = "--host",
            defaultValue = "localhost",
            description =
                    "Where to listen; this machine alone if not given. With an address that others can reach, such as"
                            + " 0.0.0.0, everybody who reaches it can read the runs.")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "6070",
            description = "The port; 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--claims",
            paramLabel = "DIR",
            description = "A folder of more pages to list; 'claims' beside the runs or in docs if there is one.")
    private Optional<Path> claims = Optional.empty();

    @Option(names = "--open", description = "Open the page in a browser.")
    private boolean open;

    DashboardCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Serving(String address, String runs) {}

    @Override
    public void run() {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("--port is a number from 0 to %d, not %d".formatted(LARGEST_PORT, port));
        }
        Path folder = runs.orElse(USUAL);
        Stream.concat(runs.stream(), claims.stream()).forEach(DashboardCommand::mustBeThere);
        try (StopSignals signals = StopSignals.listen(console.err(), "The dashboard ends.", () -> {});
                Dashboard dashboard = Dashboard.start(folder, claims.or(() -> claimsBeside(folder)), host, port)) {
            tell(dashboard.address(), folder);
            if (open) {
                open(dashboard.address());
            }
            while (!signals.asked()) {
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // It ends as if it had been asked to.
        }
    }

    private static void mustBeThere(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "there is no folder %s: give the one that runs are made in, which is 'runs' unless 'thalweg train' was told otherwise"
                            .formatted(folder));
        }
    }

    private static Optional<Path> claimsBeside(Path runs) {
        return Stream.of(runs.toAbsolutePath().resolveSibling("claims"), Path.of("docs", "claims"))
                .filter(Files::isDirectory)
                .findFirst();
    }

    private void tell(URI address, Path folder) {
        if (console.json()) {
            console.document(new Serving(address.toString(), folder.toString()));
        } else {
            console.out().printf("The runs in %s are at %s until Ctrl-C.%n", folder, address);
        }
        console.flush();
        if (!isForThisMachineAlone()) {
            console.err().println("Everybody who can reach this machine at that port can read these runs.");
        }
    }

    private boolean isForThisMachineAlone() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void open(URI address) {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        List<String> opener = system.contains("win")
                ? List.of("rundll32", "url.dll,FileProtocolHandler")
                : List.of(system.contains("mac") ? "open" : "xdg-open");
        try {
            new ProcessBuilder(Stream.concat(opener.stream(), Stream.of(address.toString()))
                            .toList())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            console.err().println("No browser was found to open the page with: open the address in one.");
        }
    }
}
