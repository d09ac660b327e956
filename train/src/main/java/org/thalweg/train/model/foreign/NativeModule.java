package org.thalweg.train.model.foreign;

import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.StringTensorDictItem;
import org.bytedeco.pytorch.Tensor;

/** A module of libtorch's own kind, put together in Java. */
public final class NativeModule implements Foreign {
    private final Module module;
    private final UnaryOperator<Tensor> forward;
    private final ForeignTensors tensors = new ForeignTensors();

    /**
     * Takes a module over; it must live as long as this does.
     *
     * @param forward how it computes, since libtorch's modules do not have that in common
     * @throws IllegalArgumentException if a parameter is not float32
     */
    public NativeModule(Module module, UnaryOperator<Tensor> forward) {
        this.module = module;
        this.forward = forward;
        StringTensorDict parameters = module.named_parameters();
        for (long i = 0; i < parameters.size(); i++) {
            StringTensorDictItem item = parameters.get(i);
            tensors.parameter(item.key().getString(), new Tensor(item.value()));
        }
        StringTensorDict buffers = module.named_buffers();
        for (long i = 0; i < buffers.size(); i++) {
            StringTensorDictItem item = buffers.get(i);
            tensors.buffer(item.key().getString(), new Tensor(item.value()));
        }
    }

    @Override
    public SequencedMap<String, Tensor> parameters() {
        return tensors.parameters();
    }

    @Override
    public SequencedMap<String, Tensor> state() {
        return tensors.state();
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        if (module.is_training() != training) {
            module.train(training);
        }
        return forward.apply(input);
    }
}
