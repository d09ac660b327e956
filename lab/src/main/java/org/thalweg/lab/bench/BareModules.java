package org.thalweg.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.GroupNormOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LinearOptions;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.model.Plan;
import org.thalweg.train.model.Plan.Step;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Flatten;
import org.thalweg.train.model.layer.GroupNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.GlobalAveragePool;
import org.thalweg.train.model.layer.Pooling.MaxPool;
import org.thalweg.train.model.layer.Residual;

/** A model as one would write it by hand with libtorch's own modules, one after the other. */
final class BareModules {
    private final List<Module> modules = new ArrayList<>();
    private final UnaryOperator<Tensor> whole;

    /** @throws IllegalArgumentException if there is a layer that is not written out here */
    BareModules(Plan plan) {
        whole = sequence(plan.steps());
    }

    Tensor forward(Tensor inputs) {
        return whole.apply(inputs);
    }

    TensorVector parameters() {
        TensorVector all = new TensorVector();
        for (Module module : modules) {
            TensorVector own = module.parameters();
            for (long i = 0; i < own.size(); i++) {
                all.push_back(own.get(i));
            }
        }
        return all;
    }

    private UnaryOperator<Tensor> sequence(List<Step> steps) {
        List<UnaryOperator<Tensor>> parts = steps.stream().map(this::part).toList();
        return input -> {
            Tensor value = input;
            for (UnaryOperator<Tensor> part : parts) {
                value = part.apply(value);
            }
            return value;
        };
    }

    private UnaryOperator<Tensor> part(Step step) {
        return switch (step.layer()) {
            case Linear linear -> linear(step, linear);
            case Conv2d conv -> convolution(step, conv);
            case BatchNorm norm when norm.ghost() == 0 -> batchNorm(step, norm);
            case GroupNorm norm -> {
                GroupNormOptions options =
                        new GroupNormOptions(norm.groups(), step.input().channels());
                GroupNormImpl module = kept(new GroupNormImpl(options));
                yield module::forward;
            }
            case Relu _ -> torch::relu;
            case MaxPool pool
            when pool.stride() == pool.size() && pool.padding() == 0 ->
                input -> torch.max_pool2d(input, pool.size(), pool.size());
            case GlobalAveragePool _ ->
                input -> torch.adaptive_avg_pool2d(input, 1, 1).flatten(1, -1);
            case Flatten _ -> input -> input.flatten(1, -1);
            case Residual residual
            when residual.alpha() == 1 && residual.beta() == 1 -> {
                UnaryOperator<Tensor> body = sequence(step.branches().getFirst());
                UnaryOperator<Tensor> shortcut = sequence(step.branches().getLast());
                yield input -> shortcut.apply(input).add(body.apply(input));
            }
            default ->
                throw new IllegalArgumentException(
                        "the bare loop has no %s; compare another model, such as convnet or resnet"
                                .formatted(step.name()));
        };
    }

    private <M extends Module> M kept(M module) {
        modules.add(module);
        return module;
    }

    private UnaryOperator<Tensor> linear(Step step, Linear linear) {
        LinearOptions options = new LinearOptions(
                step.input().isImage() ? step.input().size() : step.input().channels(), linear.outputs());
        options.bias().put(linear.bias());
        LinearImpl module = kept(new LinearImpl(options));
        return step.input().isImage() ? input -> module.forward(input.flatten(1, -1)) : module::forward;
    }

    private UnaryOperator<Tensor> convolution(Step step, Conv2d conv) {
        LongPointer kernel = new LongPointer(conv.kernel(), conv.kernel());
        Conv2dOptions options = new Conv2dOptions(step.input().channels(), conv.channels(), kernel);
        options.stride().put(new LongPointer(conv.stride(), conv.stride()));
        options.padding().put(new LongPointer(conv.padding(), conv.padding()));
        options.groups().put(conv.groups());
        options.bias().put(conv.bias());
        Conv2dImpl module = kept(new Conv2dImpl(options));
        return module::forward;
    }

    private UnaryOperator<Tensor> batchNorm(Step step, BatchNorm norm) {
        BatchNormOptions options = new BatchNormOptions(step.input().channels());
        options.eps().put(norm.epsilon());
        if (step.input().isImage()) {
            BatchNorm2dImpl module = kept(new BatchNorm2dImpl(options));
            return module::forward;
        }
        BatchNorm1dImpl module = kept(new BatchNorm1dImpl(options));
        return module::forward;
    }
}
