package org.thalweg.lab.landscape;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.thalweg.optim.Parameter;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.StoredTensor;

/**
 * Where a network's numbers are in memory, as one vector: its parameters, and the running statistics of its normalisations.
 * Vectors can be read from the network, put into it, and taken from saved weights of the same model.
 */
public final class Place {
    private final SequencedMap<String, StoredTensor> memory;
    private final List<Part> parts = new ArrayList<>();
    private final int size;

    /**
     * A tensor's share of the vector.
     *
     * @param name such as {@code conv1.weight}
     * @param from where it begins
     * @param size how many numbers
     * @param rows of the first dimension: filters of a convolution, neurons of a linear layer; 1 for a single number
     * @param trained whether it is a parameter
     * @param filters whether it has two dimensions or more and is trained: all but biases and normalisation
     */
    public record Part(String name, int from, int size, int rows, boolean trained, boolean filters) {}

    public Place(Network network) {
        memory = network.weights();
        Set<String> trained = new HashSet<>();
        network.parameters().stream().map(Parameter::name).forEach(trained::add);
        long from = 0;
        for (Map.Entry<String, StoredTensor> entry : memory.entrySet()) {
            StoredTensor tensor = entry.getValue();
            if (tensor.type() == StoredTensor.Type.F32) {
                int numbers = Math.toIntExact(tensor.data().byteSize() / Float.BYTES);
                List<Long> shape = tensor.shape();
                boolean isTrained = trained.contains(entry.getKey());
                int rows = shape.isEmpty() ? 1 : Math.toIntExact(shape.getFirst());
                parts.add(new Part(
                        entry.getKey(),
                        Math.toIntExact(from),
                        numbers,
                        rows,
                        isTrained,
                        isTrained && shape.size() > 1));
                from += numbers;
            }
        }
        size = Math.toIntExact(from);
    }

    /** The number of numbers. */
    public int size() {
        return size;
    }

    /** The tensors, one after the other. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    /** A copy of the network's numbers as they are now. */
    public float[] read() {
        return of(memory);
    }

    /**
     * Saved weights of the same model as a vector.
     *
     * @throws IllegalArgumentException if they are another model's
     */
    public float[] of(Map<String, StoredTensor> weights) {
        float[] numbers = new float[size];
        for (Part part : parts) {
            MemorySegment data = Optional.ofNullable(weights.get(part.name()))
                    .map(StoredTensor::data)
                    .filter(segment -> segment.byteSize() == (long) part.size() * Float.BYTES)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "these are the weights of another model: %s is missing or of another shape"
                                    .formatted(part.name())));
            MemorySegment.copy(data, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, numbers, part.from(), part.size());
        }
        return numbers;
    }

    /** Of as many numbers as a place has, those of the parameters alone. */
    double[] parameters(double[] numbers) {
        return parts.stream()
                .filter(Part::trained)
                .flatMapToDouble(part -> Arrays.stream(numbers, part.from(), part.from() + part.size()))
                .toArray();
    }

    /** Puts numbers into the network. */
    public void write(float[] numbers) {
        for (Part part : parts) {
            MemorySegment data = Objects.requireNonNull(memory.get(part.name())).data();
            MemorySegment.copy(numbers, part.from(), data, ValueLayout.JAVA_FLOAT, 0, part.size());
        }
    }
}
