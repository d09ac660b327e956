package org.thalweg.train.engine;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.optim.Parameter;

/** The same memory seen as a libtorch tensor and as a {@link MemorySegment}; nothing is copied. */
public final class Tensors {
    private Tensors() {}

    /**
     * A tensor's own memory.
     *
     * @param tensor contiguous and on the CPU; it must outlive every use of the segment
     * @throws IllegalArgumentException if the tensor is not contiguous
     */
    public static MemorySegment segment(Tensor tensor) {
        if (!tensor.is_contiguous()) {
            throw new IllegalArgumentException("only a contiguous tensor can be seen as flat memory");
        }
        if (tensor.numel() == 0) {
            return MemorySegment.NULL;
        }
        try (Pointer data = tensor.data_ptr()) {
            return MemorySegment.ofAddress(data.address()).reinterpret(tensor.nbytes());
        }
    }

    /**
     * A tensor over a segment's memory.
     *
     * @param segment off-heap; it must outlive every use of the tensor
     * @param type the element type
     * @param shape whose elements must fill the segment
     * @throws IllegalArgumentException if the segment is on the heap or does not fit the shape
     */
    public static Tensor over(MemorySegment segment, ScalarType type, long... shape) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("libtorch needs memory outside the Java heap");
        }
        try (TensorOptions options = new TensorOptions(type);
                Pointer address = new Address(segment)) {
            Tensor tensor = torch.from_blob(address, shape, options);
            long bytes = tensor.nbytes();
            if (bytes != segment.byteSize()) {
                tensor.close();
                throw new IllegalArgumentException(
                        "a tensor of %d bytes does not fit a segment of %d".formatted(bytes, segment.byteSize()));
            }
            return tensor;
        }
    }

    /** A tensor of zeros. */
    public static Tensor zeros(ScalarType type, long... shape) {
        try (TensorOptions options = new TensorOptions(type)) {
            return torch.zeros(shape, options);
        }
    }

    /**
     * A trainable tensor as the optimizer sees it: its value in place, its gradient looked up at each step.
     *
     * <p>Step inside a {@link org.bytedeco.javacpp.PointerScope}: it frees what looking up a gradient makes at once, and not
     * when the garbage collector comes to it.
     *
     * @param tensor a contiguous float32 leaf that outlives the parameter
     */
    public static Parameter parameter(String name, Tensor tensor) {
        return Parameter.of(name, segment(tensor), new GradientOf(tensor), shape(tensor));
    }

    /** Looks up a tensor's gradient, which libtorch makes anew in every backward pass. */
    private static final class GradientOf implements Supplier<Optional<MemorySegment>> {
        private final Tensor tensor;

        /** Whose memory was last handed out: held here, so that it is not collected while it is read. */
        private Optional<Tensor> latest = Optional.empty();

        GradientOf(Tensor tensor) {
            this.tensor = tensor;
        }

        @Override
        public Optional<MemorySegment> get() {
            latest = Optional.of(tensor.grad())
                    .filter(Tensor::defined)
                    .map(gradient -> gradient.is_contiguous() ? gradient : gradient.contiguous());
            return latest.map(Tensors::segment);
        }
    }

    /** The sizes of a tensor's dimensions; none for a scalar. */
    public static long[] shape(Tensor tensor) {
        long[] shape = new long[Math.toIntExact(tensor.dim())];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = tensor.size(i);
        }
        return shape;
    }

    /** JavaCPP's view of an address that something else owns. */
    private static final class Address extends Pointer {
        Address(MemorySegment segment) {
            address = segment.address();
        }
    }
}
