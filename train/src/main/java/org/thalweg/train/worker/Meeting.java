package org.thalweg.train.worker;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.IntOptional;
import org.bytedeco.pytorch.PrefixStore;
import org.bytedeco.pytorch.Store;
import org.bytedeco.pytorch.TCPStore;
import org.bytedeco.pytorch.TCPStoreOptions;

/**
 * How workers find each other: at a store that rank 0 keeps at the named address. Who knows another job's name, counts another
 * number of workers or has a rank that is taken is turned away with a sentence. What the workers then tell each other lies under
 * names that only the job's own can tell.
 *
 * @param address of rank 0
 * @param keys what is told at the store
 * @param beats the same by a connection of its own, which never waits behind another request
 */
record Meeting(World world, InetAddress address, Keys keys, Keys beats) {
    /** Workers start one after the other, on machines that may have to be found first. */
    private static final int PATIENCE = 5;

    private static final String GREETING = "thalweg/greeting";
    private static final String RANK_TAKEN = "rank/";
    private static final String NAME = "name/";

    /**
     * Joins, and waits for all others.
     *
     * @throws WorkersException if that fails
     */
    static Meeting join(World world) {
        InetAddress address = resolved(world.address());
        TCPStore store = world.leads() ? kept(world, address) : reached(world, address);
        greet(world, store);
        Keys keys = new Keys(store, prefix(world));
        if (keys.add(RANK_TAKEN + world.rank(), 1) > 1) {
            throw WorkersException.own(
                    "there is a worker of rank %d already at %s:%d: end the process left over, or choose another MASTER_PORT"
                            .formatted(world.rank(), world.address(), world.port()));
        }
        keys.set(NAME + world.rank(), ownName());
        awaitAll(world, keys);
        return new Meeting(world, address, keys, new Keys(reached(world, address), prefix(world)));
    }

    private static String prefix(World world) {
        return digest("keys", world) + "/";
    }

    /**
     * A store for a process group of libtorch's, on a connection of its own. It must be handed over once and never be freed:
     * the presets take a prefixed store that they are given for one that nobody has.
     */
    Store storeFor(String group) {
        return new PrefixStore(keys.prefix() + group, reached(world, address));
    }

    static Duration patience(World world) {
        return world.timeout().multipliedBy(PATIENCE);
    }

    /** A worker in words, such as {@code worker 2 (process 4711 on node7)}. */
    String worker(int rank) {
        try {
            return "worker %d (%s)".formatted(rank, keys.get(NAME + rank));
        } catch (RuntimeException e) {
            return "worker " + rank; // rank 0 is gone, and the names with it
        }
    }

    private static InetAddress resolved(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw WorkersException.own(
                    "the address of rank 0, %s, is not known here: check MASTER_ADDR".formatted(address), e);
        }
    }

    private static TCPStore kept(World world, InetAddress address) {
        int socket = ListeningSocket.open(address, world.port());
        return new TCPStore(
                address.getHostAddress(), options(world).isServer(true).masterListenFd(new IntOptional(socket)));
    }

    private static TCPStore reached(World world, InetAddress address) {
        try {
            return new TCPStore(address.getHostAddress(), options(world));
        } catch (RuntimeException e) {
            throw WorkersException.byAnother(
                    "rank 0 did not answer at %s:%d within %s: start it, or check MASTER_ADDR and MASTER_PORT"
                            .formatted(world.address(), world.port(), seconds(patience(world))),
                    e);
        }
    }

    private static TCPStoreOptions options(World world) {
        return new TCPStoreOptions()
                .port((short) world.port())
                .isServer(false)
                .waitWorkers(false)
                .timeout(millis(patience(world)));
    }

    /** Rank 0 says whose store it is, and the others look. */
    private static void greet(World world, TCPStore store) {
        String greeting = "%d workers, job %s".formatted(world.size(), digest("greeting", world));
        if (world.leads()) {
            store.set(GREETING, greeting);
            return;
        }
        String found;
        try {
            found = store.get_to_str(GREETING);
        } catch (RuntimeException e) {
            throw WorkersException.own(
                    "what listens at %s:%d is no worker of Thalweg: choose another MASTER_PORT"
                            .formatted(world.address(), world.port()),
                    e);
        }
        if (!found.equals(greeting)) {
            throw WorkersException.own(
                    "rank 0 at %s:%d is of another job, or was told another number of workers than %d: give all workers the same THALWEG_JOB and WORLD_SIZE, or choose another MASTER_PORT"
                            .formatted(world.address(), world.port(), world.size()));
        }
    }

    private static void awaitAll(World world, Keys keys) {
        List<String> names =
                IntStream.range(0, world.size()).mapToObj(rank -> NAME + rank).toList();
        try {
            keys.await(names, patience(world));
        } catch (RuntimeException e) {
            List<Integer> missing = IntStream.range(0, world.size())
                    .filter(rank -> !isThere(keys, NAME + rank))
                    .boxed()
                    .toList();
            throw WorkersException.byAnother(
                    "of %d workers, those of rank %s did not come within %s: start them, or look why they ended"
                            .formatted(world.size(), missing, seconds(patience(world))),
                    e);
        }
    }

    private static boolean isThere(Keys keys, String key) {
        try {
            return keys.has(key);
        } catch (RuntimeException e) {
            return false; // rank 0 is gone
        }
    }

    /** The machine's address on the way to rank 0; nothing is sent for it. */
    InetAddress local() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(address, world.port()));
            return socket.getLocalAddress();
        } catch (SocketException e) {
            throw WorkersException.own("there is no way from here to rank 0 at %s".formatted(address), e);
        }
    }

    private static String ownName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "this machine";
        }
        return "process %d on %s".formatted(ProcessHandle.current().pid(), host);
    }

    /** Tells who knows the job apart from who does not, without telling the job. */
    private static String digest(String purpose, World world) {
        try {
            byte[] text = "thalweg %s %s".formatted(purpose, world.job()).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static Milliseconds millis(Duration duration) {
        return new Milliseconds(duration.toMillis());
    }

    static String seconds(Duration duration) {
        return "%.3g s".formatted(duration.toMillis() / 1e3);
    }
}
