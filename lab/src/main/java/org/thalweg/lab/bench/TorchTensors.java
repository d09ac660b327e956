package org.thalweg.lab.bench;

import java.util.List;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/** Lists of libtorch tensors in the shapes of a {@link TensorSet}. */
final class TorchTensors {
    private TorchTensors() {}

    /** Trainable tensors that have a gradient. */
    static TensorVector withGradients(TensorSet tensors) {
        TensorVector vector = new TensorVector();
        for (List<Long> shape : tensors.shapes()) {
            Tensor value = torch.rand(TensorSet.array(shape)).sub_(new Scalar(0.5));
            value.mutable_grad().put(torch.rand(TensorSet.array(shape)).sub_(new Scalar(0.5)));
            vector.push_back(value.set_requires_grad(true));
        }
        return vector;
    }

    /** The same tensors as a list argument for the dispatcher. */
    static IValue list(TensorVector tensors) {
        GenericList list = emptyList();
        for (long i = 0; i < tensors.size(); i++) {
            list.push_back(new IValue(tensors.get(i)));
        }
        return new IValue(list);
    }

    /** Their gradients as a list argument. */
    static IValue gradients(TensorVector tensors) {
        GenericList list = emptyList();
        for (long i = 0; i < tensors.size(); i++) {
            list.push_back(new IValue(tensors.get(i).grad()));
        }
        return new IValue(list);
    }

    /** A list argument of zeros in the tensors' shapes: fresh state. */
    static IValue zeros(TensorVector tensors) {
        GenericList list = emptyList();
        for (long i = 0; i < tensors.size(); i++) {
            list.push_back(new IValue(torch.zeros_like(tensors.get(i).detach())));
        }
        return new IValue(list);
    }

    /** A list argument of step counts, one scalar tensor each, at one. */
    static IValue stepCounts(TensorVector tensors) {
        GenericList list = emptyList();
        for (long i = 0; i < tensors.size(); i++) {
            list.push_back(new IValue(torch.ones(new long[0])));
        }
        return new IValue(list);
    }

    static GenericList emptyList() {
        return new GenericList(new Type.TypePtr(TensorType.get()));
    }
}
