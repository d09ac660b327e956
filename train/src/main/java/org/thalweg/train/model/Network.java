package org.thalweg.train.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.optim.Parameter;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.Layer.BatchNorm;
import org.thalweg.train.model.Layer.Conv2d;
import org.thalweg.train.model.Layer.Dropout;
import org.thalweg.train.model.Layer.Flatten;
import org.thalweg.train.model.Layer.Linear;
import org.thalweg.train.model.Layer.MaxPool;
import org.thalweg.train.model.Layer.Relu;

/**
 * A model's weights in libtorch, and its forward pass. Used by one thread at a time.
 *
 * <p>Weights start as libtorch's modules start them: uniform in plus or minus one over the square root of the fan-in
 * (Kaiming uniform with a = sqrt 5); batch normalisation starts as the identity.
 */
public final class Network implements AutoCloseable {
    private final Plan plan;
    private final PointerScope scope;
    private final List<Stage> stages;
    private final SequencedMap<String, Tensor> trained = new LinkedHashMap<>();
    private final SequencedMap<String, Tensor> state = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final RunningStatistics statistics = new RunningStatistics(this);

    /** One layer as libtorch runs it. */
    private interface Stage {
        Tensor forward(Tensor input, boolean training);
    }

    private Network(Plan plan, PointerScope scope) {
        this.plan = plan;
        this.scope = scope;
        this.stages = poolFirst(plan.steps()).stream().map(this::stage).toList();
        trained.forEach((name, tensor) -> parameters.add(Tensors.parameter(name, tensor)));
    }

    /**
     * Builds a network with fresh weights.
     *
     * @param seed of the weights; the same seed gives the same bits
     */
    public static Network build(Plan plan, long seed) {
        Engine.start();
        try (PointerScope scope = new PointerScope()) {
            torch.manual_seed(seed);
            Network network = new Network(plan, scope);
            scope.extend();
            return network;
        }
    }

    public Plan plan() {
        return plan;
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
     * The model's answers, one row of class scores for each example.
     *
     * @param inputs a batch of examples, float32, contiguous, count x the shape of one
     * @param training whether batch normalisation uses this batch's statistics and dropout drops
     */
    public Tensor forward(Tensor inputs, boolean training) {
        Tensor value = plan.input().isImage() ? channelsLast(inputs) : inputs;
        for (Stage stage : stages) {
            value = stage.forward(value, training);
        }
        return value;
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
     * ReLU and max-pool give the same values and gradients in either order, as both keep the order of numbers; pooling first
     * leaves the ReLU a fraction of the work.
     */
    private static List<Plan.Step> poolFirst(List<Plan.Step> steps) {
        List<Plan.Step> order = new ArrayList<>(steps);
        for (int i = 1; i < order.size(); i++) {
            if (order.get(i - 1).layer() instanceof Relu && order.get(i).layer() instanceof MaxPool) {
                Collections.swap(order, i - 1, i);
            }
        }
        return order;
    }

    /**
     * The same images with the channels of a pixel side by side, which is the order in which libtorch's convolution,
     * normalisation and pooling are fastest. With one channel the memory is the same, and only the strides that say so differ.
     */
    private Tensor channelsLast(Tensor images) {
        Shape shape = plan.input();
        if (shape.channels() > 1) {
            return images.contiguous(torch.MemoryFormat.ChannelsLast);
        }
        long[] sizes = {images.size(0), 1, shape.height(), shape.width()};
        long[] strides = {shape.size(), 1, shape.width(), 1};
        return images.as_strided(sizes, strides);
    }

    private Stage stage(Plan.Step step) {
        return switch (step.layer()) {
            case Linear linear -> {
                LinearImpl module = new LinearImpl(step.input().size(), linear.outputs());
                keep(step.name(), module.weight(), module.bias());
                boolean flatten = step.input().isImage();
                yield (input, _) -> module.forward(flatten ? input.flatten(1, -1) : input);
            }
            case Conv2d conv -> {
                Conv2dImpl module = new Conv2dImpl(options(conv, step.input().channels()));
                keep(step.name(), module.weight(), module.bias());
                yield (input, _) -> module.forward(input);
            }
            case BatchNorm _ -> step.input().isImage() ? norm2d(step) : norm1d(step);
            case Relu _ -> (input, _) -> torch.relu(input);
            case MaxPool pool -> {
                long[] size = {pool.size(), pool.size()};
                yield (input, _) -> torch.max_pool2d(input, size);
            }
            case Flatten _ -> (input, _) -> input.flatten(1, -1);
            case Dropout dropout -> (input, training) -> torch.dropout(input, dropout.probability(), training);
        };
    }

    private Stage norm2d(Plan.Step step) {
        BatchNorm2dImpl module =
                new BatchNorm2dImpl(new BatchNormOptions(step.input().channels()));
        keep(step.name(), module.weight(), module.bias());
        keepStatistics(
                step.name(),
                module.running_mean(),
                module.running_var(),
                module.num_batches_tracked(),
                module.options().momentum());
        return (input, training) -> {
            module.train(training);
            return module.forward(input);
        };
    }

    private Stage norm1d(Plan.Step step) {
        BatchNorm1dImpl module =
                new BatchNorm1dImpl(new BatchNormOptions(step.input().size()));
        keep(step.name(), module.weight(), module.bias());
        keepStatistics(
                step.name(),
                module.running_mean(),
                module.running_var(),
                module.num_batches_tracked(),
                module.options().momentum());
        return (input, training) -> {
            module.train(training);
            return module.forward(input);
        };
    }

    private static Conv2dOptions options(Conv2d conv, int channels) {
        LongPointer kernel = new LongPointer(conv.kernel(), conv.kernel());
        Conv2dOptions options = new Conv2dOptions(channels, conv.channels(), kernel);
        options.padding().put(new LongPointer(conv.padding(), conv.padding()));
        return options;
    }

    private void keep(String layer, Tensor weight, Tensor bias) {
        trained.put(layer + ".weight", weight);
        trained.put(layer + ".bias", bias);
        state.put(layer + ".weight", weight);
        state.put(layer + ".bias", bias);
    }

    private void keepStatistics(String layer, Tensor mean, Tensor variance, Tensor batches, DoubleOptional momentum) {
        statistics.add(mean, variance, batches, momentum);
        state.put(layer + ".running_mean", mean);
        state.put(layer + ".running_var", variance);
        state.put(layer + ".num_batches_tracked", batches);
    }

    private static StoredTensor stored(Tensor tensor) {
        List<Long> shape = LongStream.of(Tensors.shape(tensor)).boxed().toList();
        StoredTensor.Type type = tensor.element_size() == Long.BYTES ? StoredTensor.Type.I64 : StoredTensor.Type.F32;
        return new StoredTensor(type, shape, Tensors.segment(tensor));
    }
}
