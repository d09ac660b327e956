package org.thalweg.cli.launch;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalInt;

/**
 * Where the workers of one attempt meet, and how they know each other.
 *
 * @param address of this machine
 * @param port that was free a moment ago
 * @param secret drawn for this attempt alone, so that nobody else's worker is taken for one of these
 */
record Rendezvous(String address, int port, String secret) {
    private static final int SECRET_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * Finds a free port.
     *
     * @param wanted the port, where it must be a certain one
     * @throws IllegalArgumentException if this machine has no such address
     * @throws LaunchException if the port is in use
     */
    static Rendezvous at(String address, OptionalInt wanted) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new Rendezvous(address, free(address, wanted), HexFormat.of().formatHex(secret));
    }

    private static int free(String address, OptionalInt wanted) {
        InetAddress here = resolve(address);
        try (ServerSocket probe = new ServerSocket(wanted.orElse(0), 1, here)) {
            return probe.getLocalPort();
        } catch (BindException e) {
            throw wanted.isPresent() && isHere(here) ? inUse(address, wanted.getAsInt()) : notHere(address, e);
        } catch (IOException e) {
            throw new LaunchException("workers cannot meet at %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    private static InetAddress resolve(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw notHere(address, e);
        }
    }

    /** Whether one may listen there at all, at any port. */
    private static boolean isHere(InetAddress address) {
        try (ServerSocket _ = new ServerSocket(0, 1, address)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static LaunchException inUse(String address, int port) {
        return new LaunchException(
                ("port %d at %s is in use, by another job or a process that was left behind: end that, name another with"
                                + " --port, or leave --port out and a free one is taken")
                        .formatted(port, address));
    }

    private static IllegalArgumentException notHere(String address, IOException cause) {
        return new IllegalArgumentException(
                "--address must be an address of this machine, such as %s, but is '%s'"
                        .formatted(Job.LOOPBACK, address),
                cause);
    }
}
