package org.thalweg.optim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.kernel.FusedStep;
import org.thalweg.optim.kernel.Tensor;
import org.thalweg.optim.kernel.TensorGroup;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.Schedule;

/**
 * A rule, a schedule, the parameters they update, and the state in between.
 *
 * <p>State lives off the heap and goes when the optimizer is closed or, at the latest, when it is collected. An optimizer may
 * be used by several threads, one at a time.
 */
public final class Optimizer implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final Thread ANOTHER_THREAD = Thread.ofVirtual().unstarted(() -> {});

    private final Schedule schedule;
    private final StateFormat format;
    private final Execution execution;
    private final List<ParameterState> members = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final FusedStep fusedStep;
    private final Map<String, Schedule> scheduled = new LinkedHashMap<>();
    private final Memory memory = new Memory();
    private final Cleaner.Cleanable cleanable = CLEANER.register(this, memory);
    private long steps;

    /** A compiled group. */
    private record Group(Program program, double rateMultiplier, TensorGroup tensors) {}

    /** The native memory; does not refer to its optimizer, so that the cleaner can work. */
    private static final class Memory implements Runnable {
        private final Arena arena = Arena.ofShared();
        private final AtomicBoolean open = new AtomicBoolean(true);

        @Override
        public void run() {
            if (open.getAndSet(false)) {
                arena.close();
            }
        }
    }

    private Optimizer(List<ParameterGroup> groups, Schedule rate, StateFormat format, Execution execution) {
        this.schedule = fed(rate);
        this.format = format;
        this.execution = execution;
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("an optimizer needs at least one parameter");
        }
        Set<String> names = new HashSet<>();
        for (ParameterGroup group : groups) {
            this.groups.addAll(compile(group, names));
        }
        this.fusedStep = new FusedStep(this.groups.stream().map(Group::tensors).toList(), execution.totals());
    }

    /** One rule and one schedule for all parameters. */
    public static Optimizer of(Rule rule, Schedule rate, List<Parameter> parameters) {
        return of(List.of(new ParameterGroup("all", rule, parameters)), rate);
    }

    /** Several groups under one schedule. */
    public static Optimizer of(List<ParameterGroup> groups, Schedule rate) {
        return of(groups, rate, new Execution());
    }

    /**
     * Several groups under one schedule, carried out as asked.
     *
     * @throws IllegalArgumentException if there are no parameters or two have the same name
     */
    public static Optimizer of(List<ParameterGroup> groups, Schedule rate, Execution execution) {
        return of(groups, rate, StateFormat.FLOAT32, execution);
    }

    /**
     * Several groups under one schedule, with state stored in a format and steps carried out as asked.
     *
     * @throws IllegalArgumentException if there are no parameters or two have the same name
     */
    public static Optimizer of(List<ParameterGroup> groups, Schedule rate, StateFormat format, Execution execution) {
        return new Optimizer(groups, rate, format, execution);
    }

    /** The settings alone would never see a measurement, and so never reduce anything. */
    private static Schedule fed(Schedule schedule) {
        if (schedule instanceof ReduceOnPlateau) {
            throw new IllegalArgumentException(
                    "give an optimizer the watch() of a reduceOnPlateau, and tell that what is measured");
        }
        return schedule;
    }

    /** One for each precision that there are parameters of. */
    private List<Group> compile(ParameterGroup group, Set<String> names) {
        Program program = group.rule().program();
        Map<Precision, List<Tensor>> tensors = new EnumMap<>(Precision.class);
        for (Parameter parameter : group.parameters()) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(
                        "two parameters are named " + parameter.name() + ": give each a name of its own");
            }
            ParameterState member = new ParameterState(parameter, program, format, memory.arena);
            members.add(member);
            tensors.computeIfAbsent(parameter.precision(), _ -> new ArrayList<>())
                    .add(member.tensor());
        }
        boolean vectors = execution.kernels() == Execution.Kernels.VECTOR;
        return tensors.values().stream()
                .map(alike -> new Group(program, group.rateMultiplier(), new TensorGroup(program, alike, vectors)))
                .toList();
    }

    /**
     * Reads each parameter's gradient and updates its value in place. If this throws, no parameter has been changed.
     *
     * @throws IllegalArgumentException if a gradient does not fit its parameter, or memory is freed or another thread's
     * @throws IllegalStateException if the optimizer is closed
     */
    public synchronized void step() {
        requireOpen();
        boolean shared = true;
        for (ParameterState member : members) {
            Optional<MemorySegment> gradient = member.parameter().gradient();
            shared &= isShared(member.parameter().usableValue());
            shared &= gradient.map(Optimizer::isShared).orElse(true);
            member.tensor().gradient(gradient);
        }
        double rate = rate();
        for (Group group : groups) {
            group.tensors().begin(steps + 1, leaf -> hostScalar(leaf, rate * group.rateMultiplier()));
        }
        fusedStep.run(shared ? execution.threads() : 1);
        steps++;
    }

    /** Whether other threads may touch the memory; that of a confined arena is for one alone. */
    private static boolean isShared(MemorySegment segment) {
        return segment.isAccessibleBy(ANOTHER_THREAD);
    }

    private double hostScalar(Expr leaf, double rate) {
        return switch (leaf) {
            case Expr.Constant(double value) -> value;
            case Expr.Rate() -> rate;
            case Expr.StepCount() -> steps + 1;
            case Expr.StepNoise noise -> noise.at(steps + 1);
            case Expr.Hyper hyper -> {
                Schedule ofHyper = scheduled.get(hyper.name());
                yield ofHyper == null ? hyper.value() : ofHyper.at(steps);
            }
            default -> throw new IllegalStateException(leaf + " is not a host scalar");
        };
    }

    /**
     * Schedules a hyperparameter in all groups that have it, from the next step on. Nothing is compiled again.
     *
     * @param hyperparameter by the name that the formula shows, such as {@code beta1}
     * @throws IllegalArgumentException if no rule has it
     */
    public synchronized void schedule(String hyperparameter, Schedule values) {
        List<String> known = groups.stream()
                .flatMap(group -> group.program().hypers().stream())
                .map(Expr.Hyper::name)
                .distinct()
                .toList();
        if (!known.contains(hyperparameter)) {
            throw new IllegalArgumentException(
                    "no rule of this optimizer has a hyperparameter " + hyperparameter + "; it has " + known);
        }
        scheduled.put(hyperparameter, fed(values));
    }

    /** Completed steps. */
    public synchronized long steps() {
        return steps;
    }

    /** The learning rate that the next step will use, before the groups' multipliers. */
    public synchronized double rate() {
        return schedule.at(steps);
    }

    /** A copy of everything that is remembered between steps. */
    public synchronized OptimizerState state() {
        requireOpen();
        Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
        Map<String, Map<String, Double>> scalars = new LinkedHashMap<>();
        for (ParameterState member : members) {
            tensors.put(member.parameter().name(), member.states());
            scalars.put(member.parameter().name(), member.scalars());
        }
        return new OptimizerState(steps, tensors, scalars);
    }

    /**
     * Goes on from a saved state: with the same parameters and gradients every later step gives the same bits.
     *
     * @throws IllegalArgumentException if the state is not of these parameters and rules; nothing is changed then
     */
    public synchronized void restore(OptimizerState saved) {
        requireOpen();
        checkParameters(saved);
        members.forEach(member -> member.checkFits(saved));
        members.forEach(member -> member.restore(saved));
        steps = saved.steps();
    }

    private void checkParameters(OptimizerState saved) {
        Set<String> unknown = new LinkedHashSet<>(saved.tensors().keySet());
        unknown.addAll(saved.scalars().keySet());
        members.forEach(member -> unknown.remove(member.parameter().name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "the saved state is of another model: it holds parameters %s, which this optimizer does not have"
                            .formatted(unknown));
        }
    }

    private void requireOpen() {
        if (!memory.open.get()) {
            throw new IllegalStateException("this optimizer is closed");
        }
    }

    /** Gives the state's memory back. */
    @Override
    public synchronized void close() {
        cleanable.clean();
    }
}
