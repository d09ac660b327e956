package org.thalweg.optim;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A tensor that an {@link Optimizer} updates in place: a name, a shape, and its value and gradient as flat, row-major,
 * contiguous memory: float32 on the heap ({@code float[]}) or off it, or bfloat16 off it.
 *
 * <p>The gradient is asked for once per step, because engines move it between steps; an empty answer means that the
 * parameter took no part in this step's loss, and it is then left as it is (as PyTorch does for {@code grad is None}).
 */
public final class Parameter {
    private final String name;
    private final long[] shape;
    private final long size;
    private final MemorySegment value;
    private final Supplier<Optional<MemorySegment>> gradient;
    private final Precision precision;
    private final Precision gradientPrecision;

    private Parameter(
            String name,
            MemorySegment value,
            Precision precision,
            Supplier<Optional<MemorySegment>> gradient,
            Precision gradientPrecision,
            long[] shape) {
        this.name = name;
        this.precision = precision;
        this.gradientPrecision = gradientPrecision;
        this.shape = shape.clone();
        this.size = sizeOf(name, shape);
        this.gradient = gradient;
        this.value = checked(value, "value", precision);
        if (value.isReadOnly()) {
            throw new IllegalArgumentException(
                    "the value of parameter " + name + " is read-only: give memory to write");
        }
    }

    private static long sizeOf(String name, long[] shape) {
        long size = Float.BYTES;
        try {
            for (long extent : shape) {
                size = Math.multiplyExact(size, extent);
            }
        } catch (ArithmeticException overflow) {
            size = -1;
        }
        if (size < 0 || Arrays.stream(shape).anyMatch(extent -> extent < 0)) {
            throw new IllegalArgumentException(
                    "parameter %s cannot have shape %s: extents are 0 or more, and all numbers must fit into memory"
                            .formatted(name, Arrays.toString(shape)));
        }
        return size / Float.BYTES;
    }

    /** A vector of {@code value.length} numbers, updated in place from {@code gradient}. */
    public static Parameter of(String name, float[] value, float[] gradient) {
        return of(name, value, gradient, value.length);
    }

    /** A tensor of the given shape over plain arrays; both must hold as many numbers as the shape says. */
    public static Parameter of(String name, float[] value, float[] gradient, long... shape) {
        MemorySegment segment = MemorySegment.ofArray(gradient);
        Parameter parameter = of(name, MemorySegment.ofArray(value), () -> Optional.of(segment), shape);
        parameter.checked(segment, "gradient", Precision.FLOAT32);
        return parameter;
    }

    /**
     * A tensor of the given shape over memory segments. Memory off the heap that another thread frees during a step ends the
     * JVM, since kernels go by its address.
     *
     * @param gradient asked once per step; the segment must stay valid until the step returns
     */
    public static Parameter of(
            String name, MemorySegment value, Supplier<Optional<MemorySegment>> gradient, long... shape) {
        return new Parameter(name, value, Precision.FLOAT32, gradient, Precision.FLOAT32, shape);
    }

    /**
     * A tensor of the given shape whose value and gradient are bfloat16, off the heap. An optimizer takes its float32 master copy from the
     * value when it is made, and from then on writes the value but does not read it.
     *
     * @param gradient asked once per step; the segment must stay valid until the step returns
     */
    public static Parameter ofBFloat16(
            String name, MemorySegment value, Supplier<Optional<MemorySegment>> gradient, long... shape) {
        return new Parameter(name, value, Precision.BFLOAT16, gradient, Precision.BFLOAT16, shape);
    }

    /** The same with float32 gradients from elsewhere. */
    Parameter withGradient(Supplier<Optional<MemorySegment>> other) {
        return new Parameter(name, value, precision, other, Precision.FLOAT32, shape);
    }

    /** Float32 numbers of this shape whose gradients are this one's as they lie in memory. */
    Parameter likeThis(MemorySegment numbers, Supplier<Optional<MemorySegment>> gradients) {
        return new Parameter(name, numbers, Precision.FLOAT32, gradients, gradientPrecision, shape);
    }

    public String name() {
        return name;
    }

    public long[] shape() {
        return shape.clone();
    }

    /** The number of elements. */
    public long size() {
        return size;
    }

    /** How many rows there are: the extent of the first axis; a vector is one row. */
    int rows() {
        return shape.length <= 1 ? 1 : Math.toIntExact(shape[0]);
    }

    /** How the value lies in memory. */
    public Precision precision() {
        return precision;
    }

    /** How gradients lie in memory. */
    public Precision gradientPrecision() {
        return gradientPrecision;
    }

    /**
     * This parameter, if it is float32.
     *
     * @param what needs it to be
     * @throws IllegalArgumentException if it is not
     */
    public Parameter requireFloat32(String what) {
        if (precision != Precision.FLOAT32) {
            throw new IllegalArgumentException("%s takes float32 parameters, but %s is bfloat16".formatted(what, name));
        }
        return this;
    }

    /** The elements, row-major. */
    public MemorySegment value() {
        return value;
    }

    /**
     * This step's gradient, checked against the shape.
     *
     * @throws IllegalArgumentException if its size does not fit the parameter's shape, or its memory cannot be read
     */
    public Optional<MemorySegment> gradient() {
        return gradient.get().map(segment -> usable(checked(segment, "gradient", gradientPrecision), "gradient"));
    }

    /** The value, if the calling thread can write it now. */
    MemorySegment usableValue() {
        return usable(value, "value");
    }

    /** Memory may have been freed since it was handed in, or belong to another thread. */
    private MemorySegment usable(MemorySegment segment, String what) {
        if (!segment.scope().isAlive()) {
            throw new IllegalArgumentException(
                    "the %s of parameter %s is freed: keep its arena open while it is in use".formatted(what, name));
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw new IllegalArgumentException(
                    "the %s of parameter %s belongs to another thread: step there, or use a shared arena"
                            .formatted(what, name));
        }
        return segment;
    }

    private MemorySegment checked(MemorySegment segment, String what, Precision stored) {
        if (segment.byteSize() != size * stored.bytes()) {
            throw new IllegalArgumentException("the %s of parameter %s holds %d bytes, but shape %s needs %d"
                    .formatted(what, name, segment.byteSize(), Arrays.toString(shape), size * stored.bytes()));
        }
        Optional<Object> heap = segment.heapBase();
        if (heap.isPresent() && stored != Precision.FLOAT32) {
            throw new IllegalArgumentException(
                    "the %s of parameter %s lies on the heap: bfloat16 must be native memory".formatted(what, name));
        }
        if (heap.isPresent() && !(heap.get() instanceof float[])) {
            throw new IllegalArgumentException("the %s of parameter %s lies in a %s: on the heap it must be a float[]"
                    .formatted(what, name, heap.get().getClass().getSimpleName()));
        }
        if (segment.maxByteAlignment() < stored.bytes()) {
            throw new IllegalArgumentException(
                    "the %s of parameter %s is not aligned to %d bytes".formatted(what, name, stored.bytes()));
        }
        return segment;
    }
}
