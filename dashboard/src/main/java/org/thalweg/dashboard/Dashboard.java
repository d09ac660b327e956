package org.thalweg.dashboard;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.thalweg.dashboard.watch.Pages;
import org.thalweg.dashboard.watch.RunFolder;

/**
 * A web page about the runs in a folder, served until it is closed. It only reads, and the page asks nothing of any other machine.
 * {@snippet :
 * try (Dashboard dashboard = Dashboard.start(Path.of("runs"), "localhost", 0)) {
 *     IO.println(dashboard.address());
 *     IO.readln();
 * }
 * }
 */
public final class Dashboard implements AutoCloseable {
    /** Longer addresses are refused; a comparison of a dozen runs with long names has a tenth of it. */
    private static final int LONGEST_REQUEST_LINE = 1 << 15;

    private static final int MOST_CONNECTIONS = 256;
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** Kept, for a logger that nobody holds forgets its level. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.helidon");

    private final WebServer server;
    private final String host;
    private final CountDownLatch closing;

    private Dashboard(WebServer server, String host, CountDownLatch closing) {
        this.server = server;
        this.host = host;
        this.closing = closing;
    }

    /** Serves the runs in a folder, without pages about claims. */
    public static Dashboard start(Path runs, String host, int port) {
        return start(runs, Optional.empty(), host, port);
    }

    /**
     * Serves the runs in a folder.
     *
     * @param runs the folder that runs are made in; it may come later
     * @param claims a folder of pages of its own, if there is one
     * @param host the name or address to listen at; {@code localhost} for this machine alone
     * @param port 0 for any that is free
     * @throws IllegalArgumentException if there is no such host here, or the port is in use
     */
    public static Dashboard start(Path runs, Optional<Path> claims, String host, int port) {
        SERVER_LOG.setLevel(Level.WARNING);
        InetAddress address = address(host);
        CountDownLatch closing = new CountDownLatch(1);
        RunFolder folder = new RunFolder(runs);
        Routes routes = new Routes(folder, claims.map(it -> Pages.of(it, 2)), new LiveStream(folder, closing));
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(new Guard(host));
        routes.addTo(routing);
        WebServer server = WebServer.builder()
                .address(address)
                .port(free(address, port))
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ofSeconds(1))
                .maxTcpConnections(MOST_CONNECTIONS)
                .idleConnectionTimeout(IDLE)
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(LONGEST_REQUEST_LINE)
                        .build())
                .routing(routing)
                .build()
                .start();
        return new Dashboard(server, host, closing);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "there is no host '%s': give localhost, or a name or address of this machine".formatted(host), e);
        }
    }

    /** The port, after a try, since the server itself would tell less clearly why it cannot have it. */
    private static int free(InetAddress address, int port) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(address, port));
            return trial.getLocalPort();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "nothing can be served at port %d of %s (%s): maybe another dashboard is there already; give another --port, or 0 for any that is free"
                            .formatted(port, address.getHostAddress(), e.getMessage()),
                    e);
        }
    }

    /** Where a browser finds the page. */
    public URI address() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://%s:%d/".formatted(name, server.port()));
    }

    /** Ends the service; what browsers have open stands still. */
    @Override
    public void close() {
        closing.countDown();
        server.stop();
    }
}
