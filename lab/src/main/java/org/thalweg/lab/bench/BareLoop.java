package org.thalweg.lab.bench;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Extras;
import org.thalweg.train.TrainingStep;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Plan;

/**
 * A training step beside the same step written by hand: libtorch's modules, cross-entropy, backward and libtorch's own
 * optimizer, with a scope for its memory, on the same batch in the same process.
 */
final class BareLoop {
    /**
     * What was measured.
     *
     * @param millis the toolkit's step
     * @param bareMillis the hand-written one
     * @param ratio the median over the turns of the toolkit's step over the hand-written one
     */
    record Comparison(double millis, double bareMillis, double ratio) {}

    private BareLoop() {}

    /**
     * Measures both in turns.
     *
     * @throws IllegalArgumentException if the model or the rule has no counterpart here
     */
    static Comparison compare(Plan plan, Rule rule, Dataset data, int batch, int turns) {
        Execution execution = new Execution(Engine.start().setup().threads(), Execution.Kernels.VECTOR);
        try (PointerScope _ = new PointerScope();
                Batches batches = new Batches(data.train(), batch);
                Network network = Network.build(plan, 1);
                Optimizer optimizer = Optimizer.of(
                        List.of(new ParameterGroup("all", rule, network.parameters())),
                        Schedule.constant(FusedRule.RATE),
                        StateFormat.FLOAT32,
                        execution);
                TrainingStep step = new TrainingStep(network, optimizer, new CrossEntropy(), Extras.NONE)) {
            Batch examples = batches.inOrder().iterator().next();
            Subject ours = new Toolkit(step, examples);
            try (Subject bare = bare(plan, rule, examples)) {
                Alternation times = Alternation.run(List.of(ours, bare), turns);
                return new Comparison(times.millis(0), times.millis(1), times.ratio(0, 1));
            }
        }
    }

    private record Toolkit(TrainingStep step, Batch batch) implements Subject {
        @Override
        public String name() {
            return "thalweg";
        }

        @Override
        public void run() {
            step.run(batch);
        }
    }

    private static Subject bare(Plan plan, Rule rule, Batch batch) {
        BareModules modules = new BareModules(plan);
        TensorVector parameters = modules.parameters();
        Optional<Subject> optimizer = TorchOptim.of(rule, parameters);
        return new ByHand(
                modules,
                parameters,
                optimizer.orElseThrow(() -> new IllegalArgumentException(
                        "libtorch has no optimizer for %s; compare another rule, such as adamw"
                                .formatted(Rules.format(rule)))),
                new Batch(laidOut(batch.inputs()), batch.targets(), batch.count()));
    }

    /** Images with a pixel's channels side by side, which is what libtorch computes fastest on; with one channel, said to be so. */
    private static Tensor laidOut(Tensor inputs) {
        if (inputs.dim() != 4) {
            return inputs;
        }
        long width = inputs.size(3);
        long[] strides = {inputs.size(2) * width, 1, width, 1};
        return inputs.size(1) > 1
                ? inputs.contiguous(torch.MemoryFormat.ChannelsLast)
                : inputs.as_strided(Tensors.shape(inputs), strides);
    }

    private record ByHand(BareModules modules, TensorVector parameters, Subject optimizer, Batch batch)
            implements Subject {
        @Override
        public String name() {
            return "libtorch";
        }

        @Override
        public void run() {
            try (PointerScope _ = new PointerScope()) {
                for (long i = 0; i < parameters.size(); i++) {
                    parameters.get(i).mutable_grad().reset();
                }
                Tensor loss = torch.cross_entropy(modules.forward(batch.inputs()), batch.targets());
                loss.backward();
                optimizer.run();
                loss.item_float();
            }
        }

        @Override
        public void close() {
            optimizer.close();
        }
    }
}
