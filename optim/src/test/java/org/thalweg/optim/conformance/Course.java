package org.thalweg.optim.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.thalweg.optim.rule.TorchTrajectories;

/**
 * Tensors, gradients and rates that a rule is led along.
 *
 * @param names by tensor; noise depends on them
 * @param initial by tensor, row-major
 * @param gradients by step and tensor; an empty one is missing
 * @param rates by step
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, read only
record Course(List<String> names, List<long[]> shapes, float[][] initial, float[][][] gradients, double[] rates) {
    Course(List<long[]> shapes, float[][] initial, float[][][] gradients, double[] rates) {
        this(
                IntStream.range(0, initial.length).mapToObj(t -> "tensor-" + t).toList(),
                shapes,
                initial,
                gradients,
                rates);
    }

    static final TorchTrajectories TORCH = TorchTrajectories.read();

    /** PyTorch's tensors and gradients: outliers, tiny numbers, zeros, a step of nothing but zeros. */
    static Course torch(double[] rates) {
        return new Course(
                TORCH.tensors().stream().map(TorchTrajectories.Tensor::shape).toList(),
                TORCH.tensors().stream().map(TorchTrajectories.Tensor::initial).toArray(float[][]::new),
                Arrays.copyOf(TORCH.gradients(), rates.length),
                rates);
    }

    /** Normal numbers, around a drift in the gradients. */
    static Course random(long seed, int steps, List<long[]> shapes) {
        Random random = new Random(seed);
        float[][] initial = normal(random, shapes, 0);
        float[][][] gradients = new float[steps][][];
        Arrays.setAll(gradients, step -> normal(random, shapes, 0.3));
        double[] rates = new double[steps];
        Arrays.setAll(rates, step -> 0.01 * (step + 1) / (1 + step * step / 8.0));
        return new Course(shapes, initial, gradients, rates);
    }

    private static float[][] normal(Random random, List<long[]> shapes, double mean) {
        float[][] tensors = new float[shapes.size()][];
        for (int t = 0; t < tensors.length; t++) {
            tensors[t] = new float[size(shapes.get(t))];
            for (int i = 0; i < tensors[t].length; i++) {
                tensors[t][i] = (float) (mean + random.nextGaussian());
            }
        }
        return tensors;
    }

    private static int size(long[] shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    static List<long[]> vectors(int... sizes) {
        List<long[]> shapes = new ArrayList<>();
        for (int size : sizes) {
            shapes.add(new long[] {size});
        }
        return shapes;
    }

    int steps() {
        return rates.length;
    }

    /** The rows of a tensor as rules see them: a vector is one. */
    int rows(int tensor) {
        long[] shape = shapes.get(tensor);
        return shape.length <= 1 ? 1 : Math.toIntExact(shape[0]);
    }

    /** The course without a tensor. */
    Course without(int tensor) {
        List<String> otherNames = new ArrayList<>(names);
        otherNames.remove(tensor);
        List<long[]> others = new ArrayList<>(shapes);
        others.remove(tensor);
        float[][][] left = new float[gradients.length][][];
        Arrays.setAll(left, step -> without(gradients[step], tensor));
        return new Course(otherNames, others, without(initial, tensor), left, rates);
    }

    private static float[][] without(float[][] tensors, int tensor) {
        List<float[]> others = new ArrayList<>(Arrays.asList(tensors));
        others.remove(tensor);
        return others.toArray(float[][]::new);
    }

    /** The course from where a walk got to. */
    Course from(Outcome outcome) {
        float[][] values = new float[initial.length][];
        Arrays.setAll(values, outcome::value);
        return new Course(names, shapes, values, gradients, rates);
    }

    /** The course in which a tensor has no gradient in a step. */
    Course missing(int step, int tensor) {
        Course copy = copy();
        copy.gradients[step][tensor] = new float[0];
        return copy;
    }

    /** A copy whose numbers may be changed. */
    Course copy() {
        float[][][] copied = new float[gradients.length][][];
        Arrays.setAll(copied, step -> copy(gradients[step]));
        return new Course(names, shapes, copy(initial), copied, rates.clone());
    }

    private static float[][] copy(float[][] tensors) {
        return Arrays.stream(tensors).map(float[]::clone).toArray(float[][]::new);
    }
}
