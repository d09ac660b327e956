package org.thalweg.optim;

import com.sun.management.OperatingSystemMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.expr.Trace;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

/**
 * The stochastic average gradient, SAG: a table with the latest gradient of each mini-batch of a fixed set, whose mean takes
 * the place of the gradient. On a strongly convex sum a constant rate then comes to the minimum at a linear rate, at one
 * mini-batch's cost a step. Make the optimizer from {@link #parameters}, and call {@link #put} after each backward pass, before
 * the step; with {@code Sgd} that is the paper's method, with any other rule a composition.
 *
 * <pre>{@code
 * d <- d - y_i + g; y_i <- g; p <- p - rate * d / m     m: mini-batches seen so far
 * }</pre>
 *
 * <p>Source: Schmidt, Le Roux and Bach, Minimizing Finite Sums with the Stochastic Average Gradient, arXiv:1309.2388, 2013,
 * Algorithm 1, and {@code m} as in its section on implementation; Ginsburg's lecture, whose slide of that name, however, shows
 * {@code momentum:form=averaged}. A rate of {@code 1 / L} is the paper's in practice, with {@code L} the largest curvature
 * of a mini-batch's loss; {@code 1 / (16 L)} is what it proves. Where mini-batches differ in size they count by their
 * examples.
 *
 * <p>The mean itself is kept, in float32, and changed by what changes in the table: one fused pass of 20 bytes a parameter.
 * The table takes {@link #bytes} off the heap. Used by one thread at a time.
 */
public final class Sag implements AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final String MEAN = "mean";
    private static final String SLOT = "slot";
    private static final String BATCH = "batch-";

    private final long[] examples;
    private final Arena arena = Arena.ofShared();
    private final List<Mean> means;
    /** One for each mini-batch: its step puts the gradient into its state, the slot, and changes the mean. */
    private final List<Optimizer> slots = new ArrayList<>();

    private final BitSet seen = new BitSet();
    private long puts;
    private double keep;
    private double part;

    /** A parameter, the mean of its gradients in the table, the latest gradient, and whether there was any. */
    private static final class Mean {
        final Parameter parameter;
        final MemorySegment memory;
        Optional<MemorySegment> latest = Optional.empty();
        boolean any;

        Mean(Parameter parameter, Arena arena) {
            this.parameter = parameter.requireFloat32("SAG");
            this.memory = arena.allocate(parameter.size() * Float.BYTES, ALIGNMENT);
        }

        /** Fetches the gradient; a loss that a parameter took no part in has a gradient of zero there. */
        void look() {
            latest = parameter.gradient().or(() -> any ? Optional.of(zeros()) : Optional.empty());
        }

        private MemorySegment zeros() {
            return MemorySegment.ofArray(new float[Math.toIntExact(parameter.size())]);
        }

        Parameter rising() {
            return Parameter.of(parameter.name(), memory, () -> latest, parameter.shape());
        }

        Parameter averaged() {
            return Parameter.of(
                    parameter.name(),
                    parameter.value(),
                    () -> any ? Optional.of(memory) : Optional.empty(),
                    parameter.shape());
        }
    }

    /** {@code mean <- keep * mean + part * (g - slot); slot <- g}. */
    private record Replacement() implements Rule {
        @Override
        public Expr direction(Expr gradient, Trace trace) {
            throw new UnsupportedOperationException("not a direction, but a whole program");
        }

        @Override
        public Program program() {
            Expr g = new Expr.Gradient();
            Expr.State slot = new Expr.State(SLOT, new Expr.Initial.Number(0));
            Expr.Hyper keep = new Expr.Hyper("table", "keep", 1);
            Expr.Hyper part = new Expr.Hyper("table", "part", 1);
            Expr mean = keep.times(new Expr.ParameterValue()).plus(part.times(g.minus(slot)));
            return new Program(List.of(new Program.Assignment(slot, g)), List.of(), mean, List.of(keep, part));
        }
    }

    /**
     * A table of mini-batches of the same size.
     *
     * @param batches how many there are, at least 1
     * @throws IllegalArgumentException if the table needs more than the machine's memory
     */
    public Sag(List<Parameter> parameters, int batches) {
        this(parameters, equal(parameters, batches), new Execution());
    }

    /**
     * A table of mini-batches of different sizes, carried out as asked.
     *
     * @param examples how many each mini-batch has, at least 1
     * @throws IllegalArgumentException if the table needs more than the machine's memory
     */
    public Sag(List<Parameter> parameters, long[] examples, Execution execution) {
        this.examples = examples.clone();
        for (long count : examples) {
            if (count < 1) {
                throw new IllegalArgumentException("a mini-batch must have at least 1 example, not " + count);
            }
        }
        requireMemory(bytes(parameters, examples.length));
        this.means = parameters.stream().map(p -> new Mean(p, arena)).toList();
        List<Parameter> rising = means.stream().map(Mean::rising).toList();
        for (int batch = 0; batch < examples.length; batch++) {
            Optimizer slot = Optimizer.of(
                    List.of(new ParameterGroup("table", new Replacement(), rising)), Schedule.constant(1), execution);
            slot.schedule("keep", _ -> keep);
            slot.schedule("part", _ -> part);
            slots.add(slot);
        }
    }

    /** Refuses before anything is made of so many. */
    private static long[] equal(List<Parameter> parameters, int batches) {
        requireMemory(bytes(parameters, batches));
        long[] examples = new long[batches];
        Arrays.fill(examples, 1);
        return examples;
    }

    /**
     * What a table would take off the heap: a gradient for each mini-batch, and their mean.
     *
     * @param batches at least 1
     * @return bytes; {@link Long#MAX_VALUE} if they are more
     */
    public static long bytes(List<Parameter> parameters, int batches) {
        if (batches < 1) {
            throw new IllegalArgumentException("a table needs at least 1 mini-batch, not " + batches);
        }
        try {
            long numbers = parameters.stream().mapToLong(Parameter::size).reduce(0, Math::addExact);
            return Math.multiplyExact(Math.multiplyExact(numbers, batches + 1L), (long) Float.BYTES);
        } catch (ArithmeticException overflow) {
            return Long.MAX_VALUE;
        }
    }

    private static void requireMemory(long bytes) {
        long memory =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        if (bytes > memory) {
            throw new IllegalArgumentException(
                    "a table of these mini-batches takes %.1f GB, and this machine has %.1f GB: take fewer and larger ones"
                            .formatted(bytes / 1e9, memory / 1e9));
        }
    }

    /** The same parameters with the mean of the table as their gradient; one that never had any has none here. */
    public List<Parameter> parameters() {
        return means.stream().map(Mean::averaged).toList();
    }

    /**
     * Replaces a mini-batch's gradient by the one that is there now.
     *
     * @param batch from 0
     * @throws IndexOutOfBoundsException if there is no such mini-batch
     * @throws IllegalArgumentException if a gradient does not fit its parameter; nothing is changed then
     */
    public void put(int batch) {
        if (batch < 0 || batch >= examples.length) {
            throw new IndexOutOfBoundsException(
                    "there is no mini-batch %d in a table of %d".formatted(batch, examples.length));
        }
        long before = seenExamples();
        long now = seen.get(batch) ? before : before + examples[batch];
        keep = (double) before / now;
        part = (double) examples[batch] / now;
        means.forEach(Mean::look);
        slots.get(batch).step();
        means.forEach(mean -> mean.any |= mean.latest.isPresent());
        seen.set(batch);
        puts++;
    }

    private long seenExamples() {
        return seen.stream().mapToLong(batch -> examples[batch]).sum();
    }

    /** A copy of the table and the mean, with the count of gradients put in; what was never seen is left out. */
    public OptimizerState state() {
        Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
        means.stream().filter(mean -> mean.any).forEach(mean -> {
            Map<String, float[]> table = new LinkedHashMap<>();
            table.put(MEAN, mean.memory.toArray(ValueLayout.JAVA_FLOAT));
            tensors.put(mean.parameter.name(), table);
        });
        seen.stream().forEach(batch -> {
            Map<String, Map<String, float[]>> slot = slots.get(batch).state().tensors();
            tensors.forEach((name, table) -> table.put(BATCH + batch, slot(slot, name)));
        });
        return new OptimizerState(puts, tensors);
    }

    private static float[] slot(Map<String, Map<String, float[]>> state, String name) {
        return state.getOrDefault(name, Map.of()).getOrDefault(SLOT, new float[0]);
    }

    /**
     * Goes on from a saved state: the same gradients then give the same means, to the last bit.
     *
     * @throws IllegalArgumentException if the state is not of these parameters and mini-batches; nothing is changed then
     */
    public void restore(OptimizerState saved) {
        checkFits(saved);
        for (Mean mean : means) {
            Map<String, float[]> table = saved.tensors().getOrDefault(mean.parameter.name(), Map.of());
            mean.any = !table.isEmpty();
            mean.memory.fill((byte) 0);
            if (mean.any) {
                mean.memory.copyFrom(MemorySegment.ofArray(table.getOrDefault(MEAN, new float[0])));
            }
        }
        seen.clear();
        for (int batch = 0; batch < examples.length; batch++) {
            restore(batch, saved);
        }
        puts = saved.steps();
    }

    private void restore(int batch, OptimizerState saved) {
        Map<String, Map<String, float[]>> slot = new LinkedHashMap<>();
        for (Mean mean : means) {
            Map<String, float[]> table = saved.tensors().getOrDefault(mean.parameter.name(), Map.of());
            if (table.containsKey(BATCH + batch)) {
                seen.set(batch);
            }
            float[] unseen = new float[Math.toIntExact(mean.parameter.size())];
            slot.put(mean.parameter.name(), Map.of(SLOT, table.getOrDefault(BATCH + batch, unseen)));
        }
        slots.get(batch).restore(new OptimizerState(slots.get(batch).steps(), slot));
    }

    private void checkFits(OptimizerState saved) {
        Map<String, Long> sizes =
                means.stream().collect(Collectors.toMap(mean -> mean.parameter.name(), mean -> mean.parameter.size()));
        Set<String> known = Stream.concat(
                        Stream.of(MEAN),
                        Stream.iterate(0, batch -> batch + 1)
                                .limit(examples.length)
                                .map(batch -> BATCH + batch))
                .collect(Collectors.toSet());
        saved.tensors().forEach((name, table) -> {
            boolean fits = sizes.containsKey(name)
                    && table.containsKey(MEAN)
                    && known.containsAll(table.keySet())
                    && table.values().stream().allMatch(values -> values.length == sizes.getOrDefault(name, -1L));
            if (!fits) {
                throw new IllegalArgumentException(
                        "the saved table of parameter %s is of another model or of other mini-batches".formatted(name));
            }
        });
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        slots.forEach(Optimizer::close);
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
