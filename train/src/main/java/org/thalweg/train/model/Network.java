package org.thalweg.train.model;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.optim.Parameter;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.foreign.Foreign;
import org.thalweg.train.model.foreign.NativeModule;
import org.thalweg.train.model.foreign.Probe;
import org.thalweg.train.model.foreign.Script;
import org.thalweg.train.model.layer.JointStatistics;
import org.thalweg.train.model.layer.Stage;

/**
 * A model's weights in libtorch, and its forward pass. Used by one thread at a time. Weights start as the model's {@link
 * Initialisation} says.
 */
public final class Network implements AutoCloseable {
    private static final long MANY = Integer.MAX_VALUE;

    private final Engine engine = Engine.start();
    private final Optional<Plan> plan;
    /** Of an example; where they are not known they are taken to be many. */
    private final long multiplications;

    private final Shape input;
    private final PointerScope scope;
    private final Activations activations;
    private final Stage whole;
    private final SequencedMap<String, Tensor> trained;
    private final SequencedMap<String, Tensor> state;
    private final SequencedMap<String, Script> scripts;
    private final List<Parameter> parameters = new ArrayList<>();
    private final RunningStatistics statistics;

    private Network(Optional<Plan> plan, Shape input, Assembly assembly, Activations activations, PointerScope scope) {
        this.plan = plan;
        this.input = input;
        this.scope = scope;
        this.activations = activations;
        this.whole = assembly.whole();
        this.trained = assembly.trained();
        this.state = assembly.state();
        this.scripts = assembly.scripts();
        this.multiplications =
                scripts.isEmpty() ? plan.map(Plan::multiplications).orElseGet(this::guessed) : MANY;
        this.statistics = new RunningStatistics(this, assembly.normalisations());
        trained.forEach((name, tensor) -> parameters.add(Tensors.parameter(name, tensor)));
    }

    /**
     * Builds a network with fresh weights; the parts of it that come from TorchScript files have theirs.
     *
     * @param seed of the weights; the same seed gives the same bits
     * @throws IllegalArgumentException if it has more parameters than the machine has memory for
     */
    public static Network build(Plan plan, long seed) {
        return build(plan, seed, Optional.empty());
    }

    /**
     * Builds one whose batch normalisation takes its statistics over the examples of several workers, if they are to be joint.
     * Parts that come from TorchScript files take their own.
     */
    public static Network build(Plan plan, long seed, Optional<JointStatistics> joint) {
        Room.check(plan);
        Engine.start();
        try (PointerScope scope = new PointerScope()) {
            Activations activations = new Activations();
            Assembly assembly = seeded(seed, () -> new Assembly(plan, activations, joint));
            Network network = new Network(Optional.of(plan), plan.input(), assembly, activations, scope);
            scope.extend();
            return network;
        }
    }

    /** One at a time, for all threads draw from the same numbers. */
    private static synchronized Assembly seeded(long seed, Supplier<Assembly> made) {
        torch.manual_seed(seed);
        return made.get();
    }

    /**
     * Trains a module of libtorch's that was put together in Java; its weights stay as they are.
     *
     * @param module has the parameters and is switched between training and evaluation; it must outlive the network
     * @param forward computes its answer to a batch of inputs
     * @param input the shape of one example
     * @throws IllegalArgumentException if it cannot take such inputs, has parameters that are not float32, or batch
     *     normalisation that does not go by the mode
     */
    public static Network of(Module module, UnaryOperator<Tensor> forward, Shape input) {
        Engine.start();
        try (PointerScope scope = new PointerScope()) {
            Foreign foreign = new NativeModule(module, forward);
            Probe.output(foreign, input);
            Activations activations = new Activations();
            Assembly assembly = new Assembly(foreign, input, activations);
            Network network = new Network(Optional.empty(), input, assembly, activations, scope);
            scope.extend();
            return network;
        }
    }

    /**
     * What it was built from.
     *
     * @throws IllegalStateException if it was not built from a plan
     */
    public Plan plan() {
        return plan.orElseThrow(() -> new IllegalStateException("a network around a module has no plan"));
    }

    /**
     * Writes the parts that came from TorchScript files as such files again, with their weights as they are now: {@code
     * script1.pt} and so on, by layer. A model of our own layers alone writes nothing.
     */
    public void exportScripts(Path folder) {
        scripts.forEach((layer, script) -> script.save(ScriptFiles.file(folder, layer)));
    }

    /** What an optimizer updates, from the input to the output, named such as {@code conv1.weight}. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** The same as libtorch's tensors, in the same order: what a derivative is taken by. They live as long as the network. */
    public List<Tensor> tensors() {
        return List.copyOf(trained.values());
    }

    /**
     * Everything that makes up the trained network, the parameters and the running statistics, named such as
     * {@code norm1.running_mean}. The data is the network's own memory: it changes with training.
     */
    public SequencedMap<String, StoredTensor> weights() {
        SequencedMap<String, StoredTensor> weights = new LinkedHashMap<>();
        state.forEach((name, tensor) -> weights.put(name, stored(tensor)));
        return weights;
    }

    /** The same memory without names. */
    public List<MemorySegment> memory() {
        return state.values().stream().map(Tensors::segment).toList();
    }

    /**
     * Takes over saved weights.
     *
     * @throws IllegalArgumentException if a name is missing or unknown, or a shape or type differs; nothing is changed then
     */
    public void load(Map<String, StoredTensor> saved) {
        SequencedMap<String, StoredTensor> weights = weights();
        if (!saved.keySet().equals(weights.keySet())) {
            throw new IllegalArgumentException("the saved weights are those of another model: they are named %s, not %s"
                    .formatted(saved.keySet(), weights.keySet()));
        }
        weights.forEach((name, weight) -> {
            StoredTensor other = Objects.requireNonNull(saved.get(name));
            if (!weight.shape().equals(other.shape()) || weight.type() != other.type()) {
                throw new IllegalArgumentException("the saved %s is %s %s, but this model needs %s %s"
                        .formatted(name, other.type(), other.shape(), weight.type(), weight.shape()));
            }
        });
        weights.forEach((name, weight) ->
                weight.data().copyFrom(Objects.requireNonNull(saved.get(name)).data()));
    }

    /**
     * The model's answers, count x what it answers for one example.
     *
     * @param inputs a batch of examples, contiguous, count x the shape of one; float32, and int64 for tokens
     * @param training whether batch normalisation uses this batch's statistics and dropout drops
     */
    public Tensor forward(Tensor inputs, boolean training) {
        engine.compute(multiplications * inputs.size(0));
        Tensor laidOut = input.isImage() ? channelsLast(inputs) : inputs;
        return precision().of(() -> whole.forward(laidOut, training));
    }

    /**
     * The model's answers, showing what each layer gives on the way there.
     *
     * @param inputs as for {@link #forward(Tensor, boolean)}
     * @param training as well
     * @param watcher takes each layer's path and output, inner layers before the one around them
     */
    public Tensor forward(Tensor inputs, boolean training, BiConsumer<String, Tensor> watcher) {
        return activations.watched(watcher, () -> forward(inputs, training));
    }

    /** Of a module: matrices alone meet each example of plain numbers once; how often others do nobody tells. */
    private long guessed() {
        boolean once =
                input.kind() == Shape.Kind.VECTOR && trained.values().stream().allMatch(tensor -> tensor.dim() <= 2);
        return once ? trained.values().stream().mapToLong(Tensor::numel).sum() : MANY;
    }

    private Precision precision() {
        return plan.map(Plan::model).map(Model::precision).orElse(Precision.FLOAT32);
    }

    /** The running statistics of batch normalisation. */
    public RunningStatistics statistics() {
        return statistics;
    }

    /** Forgets the last backward pass's gradients. */
    public void zeroGradients() {
        for (Tensor tensor : trained.values()) {
            tensor.mutable_grad().reset();
        }
    }

    /** Frees the weights; parameters must not be used afterwards. */
    @Override
    public void close() {
        scope.deallocate();
    }

    /**
     * The same images with the channels of a pixel side by side, which is the order in which libtorch's convolution,
     * normalisation and pooling are fastest. With one channel the memory is the same, and only the strides that say so differ.
     */
    private Tensor channelsLast(Tensor images) {
        Shape shape = input;
        if (shape.channels() > 1) {
            return images.contiguous(torch.MemoryFormat.ChannelsLast);
        }
        long[] sizes = {images.size(0), 1, shape.height(), shape.width()};
        long[] strides = {shape.size(), 1, shape.width(), 1};
        return images.as_strided(sizes, strides);
    }

    private static StoredTensor stored(Tensor tensor) {
        List<Long> shape = LongStream.of(Tensors.shape(tensor)).boxed().toList();
        StoredTensor.Type type = tensor.element_size() == Long.BYTES ? StoredTensor.Type.I64 : StoredTensor.Type.F32;
        return new StoredTensor(type, shape, Tensors.segment(tensor));
    }
}
