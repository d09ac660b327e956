package org.thalweg.train.worker;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BroadcastOptions;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.data.Peers;
import org.thalweg.train.data.Share;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;

/**
 * The workers that train together, seen from one of them: sums, copies and meetings of all, over libtorch's Gloo. All workers must call
 * the same methods in the same order. A worker by itself does nothing in them.
 *
 * <p>Every method throws a {@link WorkersException} where another worker ended, was stopped or cut off, at the latest when it has not been
 * heard of for the {@link World#timeout()}. Waiting for a worker that is alive but slow is no failure.
 *
 * <p>Used by one thread at a time.
 */
public final class Workers implements Peers, AutoCloseable {
    /** Whether others are alive is told by their heartbeat; Gloo itself need not give up on them. */
    private static final Duration NEVER = Duration.ofDays(30);

    /** Bytes that are told at once. */
    private static final long LARGEST_PARCEL = 1 << 26;

    private final World world;
    private final Optional<Group> group;
    /** Whether all have met since anything was begun, so that nobody waits for this worker. */
    private boolean together;

    /** The stores and connections of all groups, which must not be freed: the presets would free some of them twice. */
    private static final List<PointerScope> KEPT = Collections.synchronizedList(new ArrayList<>());

    /** What exists where there are several. */
    private record Group(Meeting meeting, ProcessGroupGloo gloo, Heartbeat heartbeat) {}

    private Workers(World world, Optional<Group> group) {
        this.world = world;
        this.group = group;
    }

    /** A worker by itself. */
    public static Workers alone() {
        return new Workers(World.ALONE, Optional.empty());
    }

    /**
     * Meets the others; returns when all are there.
     *
     * @throws WorkersException if they do not all come within five times the timeout, the port is in use or another job's, or a
     *     rank is there twice
     */
    public static Workers open(World world) {
        if (world.isAlone()) {
            return new Workers(world, Optional.empty());
        }
        if (!CLibrary.isThere()) {
            throw WorkersException.own("training with several workers needs Linux");
        }
        Engine.start();
        return kept(() -> {
            Meeting meeting = Meeting.join(world);
            ProcessGroupGloo gloo = connected(meeting, "main");
            return new Workers(world, Optional.of(new Group(meeting, gloo, Heartbeat.start(meeting))));
        });
    }

    private static Workers kept(Supplier<Workers> made) {
        try (PointerScope scope = new PointerScope()) {
            KEPT.add(scope.extend());
            return made.get();
        }
    }

    /**
     * The same workers with an order of calls of their own, which may come between the others while those run. They end with these.
     *
     * @param name the same on all workers, and another one each time
     */
    public Workers apart(String name) {
        return kept(() -> new Workers(
                world, group.map(it -> new Group(it.meeting(), connected(it.meeting(), name), it.heartbeat()))));
    }

    private static ProcessGroupGloo connected(Meeting meeting, String name) {
        World world = meeting.world();
        try (QuietOutput _ = QuietOutput.begin();
                Background _ = Background.begin()) {
            ProcessGroupGloo.Options options =
                    ProcessGroupGloo.Options.create_default(Meeting.millis(Meeting.patience(world)));
            options.devices(new GlooDeviceVector(
                    ProcessGroupGloo.createDeviceForHostname(meeting.local().getHostAddress())));
            ProcessGroupGloo gloo = new ProcessGroupGloo(meeting.storeFor(name), world.rank(), world.size(), options);
            gloo.setTimeout(Meeting.millis(NEVER));
            return gloo;
        } catch (RuntimeException e) {
            throw WorkersException.byAnother(
                    "the %d workers met, but could not connect to each other: one of them ended, or a firewall stands between them"
                            .formatted(world.size()),
                    e);
        }
    }

    /** This worker's share of each batch. */
    @Override
    public Share share() {
        return new Share(rank(), size());
    }

    public World world() {
        return world;
    }

    public int rank() {
        return world.rank();
    }

    public int size() {
        return world.size();
    }

    public boolean isAlone() {
        return group.isEmpty();
    }

    /** Whether this is rank 0, which writes what is written. */
    public boolean leads() {
        return world.leads();
    }

    /** Replaces a contiguous tensor by the sum over all workers, the same bits on each. */
    public Pending allReduce(Tensor tensor) {
        return start("a sum over all workers", gloo -> gloo.allreduce(new TensorVector(tensor)));
    }

    /** Replaces a contiguous tensor by one worker's. */
    public Pending broadcast(Tensor tensor, int from) {
        return start(
                "what worker %d tells all".formatted(from),
                gloo -> gloo.broadcast(new TensorVector(tensor), new BroadcastOptions().rootRank(from)));
    }

    /**
     * Hands each worker its part of every worker's tensor.
     *
     * @param received takes the parts by rank, one after the other; contiguous, of one dimension
     * @param sent the parts for each rank, one after the other; contiguous, of one dimension
     * @param lengths of the parts of {@code sent} by rank, the same on all workers
     */
    public Pending allToAll(Tensor received, Tensor sent, long... lengths) {
        long[] own = new long[size()];
        Arrays.fill(own, lengths[rank()]);
        return start(
                "the parts of other workers",
                gloo -> gloo.alltoall_base(received, sent, new LongVector(own), new LongVector(lengths)));
    }

    /**
     * Sums tensors over all workers and leaves each with its part of the sum.
     *
     * @param whole contiguous, of one dimension, with as many elements as the part times the number of workers
     * @param part of the sum that is this rank's
     */
    public void reduceScatter(Tensor part, Tensor whole) {
        if (isAlone()) {
            part.copy_(whole);
            return;
        }
        long[] lengths = new long[size()];
        Arrays.fill(lengths, part.numel());
        try (PointerScope _ = new PointerScope()) {
            Tensor received = torch.empty_like(whole);
            allToAll(received, whole, lengths).await();
            part.copy_(received.view(size(), part.numel()).sum(0));
        }
    }

    /**
     * Puts the workers' parts together, by rank.
     *
     * @param whole contiguous, of one dimension, with as many elements as all parts, which have one size
     */
    public Pending allGather(Tensor whole, Tensor part) {
        if (isAlone()) {
            whole.copy_(part);
        }
        return start("the parts of all workers", gloo -> gloo._allgather_base(whole, part));
    }

    /** Waits until all workers are here. */
    public void barrier() {
        start("all workers to come to the same place", ProcessGroupGloo::barrier)
                .await();
        together = true;
    }

    /** Sums of numbers over all workers, the same bits on each. */
    @Override
    public double[] sum(double... values) {
        if (isAlone()) {
            return values.clone();
        }
        try (PointerScope _ = new PointerScope()) {
            Tensor tensor = Tensors.zeros(ScalarType.Double, values.length);
            Tensors.segment(tensor).copyFrom(MemorySegment.ofArray(values));
            allReduce(tensor).await();
            return Tensors.segment(tensor).toArray(ValueLayout.JAVA_DOUBLE);
        }
    }

    /** Whether something holds for any worker. */
    public boolean any(boolean here) {
        return isAlone() ? here : sum(here ? 1 : 0)[0] > 0;
    }

    /** What rank 0 says; the others' argument does not matter. */
    public byte[] fromLeader(byte[] message) {
        if (isAlone()) {
            return message.clone();
        }
        long length = (long) sum(leads() ? message.length : 0)[0];
        byte[] received = new byte[Math.toIntExact(length)];
        try (PointerScope _ = new PointerScope()) {
            Tensor tensor = Tensors.zeros(ScalarType.Byte, length);
            MemorySegment memory = Tensors.segment(tensor);
            if (leads()) {
                memory.copyFrom(MemorySegment.ofArray(message));
            }
            broadcast(tensor, 0).await();
            MemorySegment.ofArray(received).copyFrom(memory);
        }
        return received;
    }

    /** Fills each piece of memory with what rank 0 has in it; all workers give pieces of the same sizes. */
    public void fromLeader(List<MemorySegment> memory) {
        if (isAlone()) {
            return;
        }
        long all = memory.stream().mapToLong(MemorySegment::byteSize).sum();
        try (PointerScope _ = new PointerScope()) {
            Tensor parcel = Tensors.zeros(ScalarType.Byte, Math.min(all, LARGEST_PARCEL));
            MemorySegment packed = Tensors.segment(parcel);
            for (MemorySegment piece : memory) {
                for (long at = 0; at < piece.byteSize(); at += packed.byteSize()) {
                    long bytes = Math.min(packed.byteSize(), piece.byteSize() - at);
                    MemorySegment.copy(piece, at, packed, 0, bytes);
                    broadcast(parcel.narrow(0, 0, bytes), 0).await();
                    MemorySegment.copy(packed, 0, piece, at, bytes);
                }
            }
        }
    }

    /**
     * Collects bytes of all workers at rank 0.
     *
     * @return what each has, by rank, until {@code use} returns; nothing on the other workers
     */
    public <T> T toLeader(MemorySegment own, Function<List<MemorySegment>, T> use) {
        if (isAlone()) {
            return use.apply(List.of(own));
        }
        double[] sizes = new double[size()];
        sizes[rank()] = own.byteSize();
        long[] lengths =
                Arrays.stream(sum(sizes)).mapToLong(size -> (long) size).toArray();
        long[] none = new long[size()];
        long[] toFirst = none.clone();
        toFirst[0] = own.byteSize();
        long[] expected = leads() ? lengths : none;
        try (PointerScope _ = new PointerScope()) {
            Tensor sent = Tensors.zeros(ScalarType.Byte, own.byteSize());
            Tensors.segment(sent).copyFrom(own);
            Tensor received =
                    Tensors.zeros(ScalarType.Byte, Arrays.stream(expected).sum());
            start(
                            "what all workers hand to worker 0",
                            gloo -> gloo.alltoall_base(
                                    received, sent, new LongVector(expected), new LongVector(toFirst)))
                    .await();
            return use.apply(leads() ? pieces(Tensors.segment(received), lengths) : List.of());
        }
    }

    private static List<MemorySegment> pieces(MemorySegment all, long[] lengths) {
        List<MemorySegment> pieces = new ArrayList<>();
        long from = 0;
        for (long length : lengths) {
            pieces.add(all.asSlice(from, length));
            from += length;
        }
        return pieces;
    }

    /** What all say, by rank. */
    @Override
    public List<String> all(String text) {
        if (isAlone()) {
            return List.of(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        double[] lengths = new double[size()];
        lengths[rank()] = bytes.length;
        double[] all = sum(lengths);
        long longest = (long) Arrays.stream(all).max().orElse(0);
        try (PointerScope _ = new PointerScope()) {
            Tensor own = Tensors.zeros(ScalarType.Byte, longest);
            Tensor whole = Tensors.zeros(ScalarType.Byte, longest * size());
            Tensors.segment(own).asSlice(0, bytes.length).copyFrom(MemorySegment.ofArray(bytes));
            allGather(whole, own).await();
            MemorySegment memory = Tensors.segment(whole);
            return IntStream.range(0, size())
                    .mapToObj(rank -> memory.asSlice(rank * longest, (long) all[rank]))
                    .map(said -> new String(said.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    /**
     * Looks whether the others are alive: for long work that asks nothing of them.
     *
     * @throws WorkersException if not
     */
    public void check() {
        group.ifPresent(it -> it.heartbeat().check("the end of this worker's own work"));
    }

    /** Tells the others why this worker ends, so that they end with the same reason. */
    public void fail(Throwable reason) {
        group.ifPresent(it -> it.heartbeat().tell(firstLine(reason)));
    }

    /** libtorch's messages go on with the stack. */
    private static String firstLine(Throwable reason) {
        return String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
    }

    private Pending start(String name, Function<ProcessGroupGloo, Work> operation) {
        together = false;
        return group.map(it -> Pending.start(name, it.heartbeat(), () -> operation.apply(it.gloo())))
                .orElse(Pending.DONE);
    }

    /**
     * Leaves. Where all have done their work, call {@link #barrier()} first; the others take a worker that leaves without for one that
     * failed. libtorch's store and connections stay until the process ends.
     */
    @Override
    public void close() {
        group.ifPresent(it -> {
            if (!together) {
                it.heartbeat().tell("it left before the end");
            }
            it.heartbeat().close();
        });
    }
}
