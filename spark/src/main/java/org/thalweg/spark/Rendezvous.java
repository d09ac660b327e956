package org.thalweg.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.BarrierTaskInfo;
import org.thalweg.train.run.Document;
import org.thalweg.train.worker.World;

/**
 * What the tasks of a stage tell each other through Spark before they meet over Gloo.
 *
 * @param hosts where each runs, by rank
 * @param processes which process each is in, by rank
 * @param port that the first has found free
 * @param begun the run that an earlier attempt at the stage began and has saved, if there is one
 * @param ready whether all are ready to train
 */
record Rendezvous(List<String> hosts, List<String> processes, int port, Optional<Path> begun, boolean ready) {
    private static final String LOOPBACK = "127.0.0.1";

    /**
     * Waits for all other tasks.
     *
     * @param ready whether this one is
     * @param begun what the first knows; the others' word does not count
     */
    static Rendezvous of(BarrierTaskContext context, boolean ready, Optional<Path> begun) {
        List<String> hosts = Arrays.stream(context.getTaskInfos())
                .map(BarrierTaskInfo::address)
                .map(Rendezvous::host)
                .toList();
        int rank = context.partitionId();
        String process = hosts.get(rank) + " " + ProcessHandle.current().pid();
        String own = Document.of(Document.fields(
                        "ready",
                        ready,
                        "process",
                        process,
                        "port",
                        rank == 0 ? freePort(address(hosts)) : 0,
                        "begun",
                        begun.map(Path::toString).orElse("")))
                .toString();
        List<Document> said = Arrays.stream(context.allGather(own))
                .map(text -> Document.parse("what a task tells", text))
                .toList();
        Document first = said.getFirst();
        return new Rendezvous(
                hosts,
                said.stream().map(one -> one.text("process")).toList(),
                (int) first.whole("port", 1, 1 << 16),
                Optional.of(first.text("begun")).filter(text -> !text.isEmpty()).map(Path::of),
                said.stream().allMatch(one -> one.flag("ready")));
    }

    /** Where the workers of an attempt meet. */
    World world(int rank, String job, Duration timeout) {
        int local = (int) IntStream.range(0, rank)
                .filter(other -> hosts.get(other).equals(hosts.get(rank)))
                .count();
        return new World(rank, hosts.size(), local, address(hosts), port, job, timeout);
    }

    /** Whether some tasks run in one process, as in Spark's local mode. */
    boolean sharesProcesses() {
        return processes.stream().distinct().count() < processes.size();
    }

    /** The first task's; where all run on one machine, nobody else need reach them. */
    private static String address(List<String> hosts) {
        return hosts.stream().distinct().count() == 1 ? LOOPBACK : hosts.getFirst();
    }

    /** Spark writes {@code host:port}. */
    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int freePort(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port can be opened at " + address, e);
        }
    }
}
