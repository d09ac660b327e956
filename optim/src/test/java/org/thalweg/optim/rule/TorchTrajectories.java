package org.thalweg.optim.rule;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * What PyTorch's optimizers did with given gradients, step after step, in float64. The script
 * {@code src/test/fixtures/make_torch_trajectories.py} made the file and describes its format.
 *
 * @param torchVersion PyTorch's version
 * @param steps the number of steps of every case
 * @param tensors the parameters that every case starts from
 * @param gradients by step, tensor, element; the same in every case
 * @param cases what was run
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, read only
public record TorchTrajectories(
        String torchVersion, int steps, List<Tensor> tensors, float[][][] gradients, List<Case> cases) {
    private static final String FORMAT = "thalweg torch trajectories 1";
    private static final int BYTES_PER_NUMBER = 6;

    /** A parameter and its initial values, row-major. */
    public record Tensor(String name, long[] shape, float[] initial) {}

    /**
     * One optimizer run.
     *
     * @param name unique
     * @param optimizer the class in torch.optim
     * @param options what was given besides the rate; defaults are left out
     * @param recorded the parameters themselves (the word value), or the key of a per-parameter state such as {@code ax}
     * @param rates by step
     * @param values what was recorded after the step, by step, tensor, element; within 1e-11 relative
     */
    public record Case(
            String name,
            String optimizer,
            Map<String, String> options,
            String recorded,
            double[] rates,
            double[][][] values) {
        /** An option as a number, or PyTorch's default. */
        public double number(String option, double otherwise) {
            String text = options.get(option);
            return text == null ? otherwise : Double.parseDouble(text);
        }

        /** A Python boolean, false if it was not given. */
        public boolean isOn(String option) {
            return "True".equals(options.get(option));
        }

        /** One of the two numbers of {@code betas}, or PyTorch's default. */
        public double beta(int index, double otherwise) {
            String text = options.get("betas");
            return text == null
                    ? otherwise
                    : Double.parseDouble(text.replaceAll("[() ]", "").split(",", -1)[index]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** All cases. */
    public static TorchTrajectories read() {
        try (InputStream packed =
                        Objects.requireNonNull(TorchTrajectories.class.getResourceAsStream("torch-trajectories.gz"));
                DataInputStream in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(packed)))) {
            TorchTrajectories read = read(in);
            if (in.read() != -1) {
                throw new IllegalStateException("the trajectories go on after their end");
            }
            return read;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The case of that name. */
    public Case named(String name) {
        return cases.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no trajectory is named " + name));
    }

    private static TorchTrajectories read(DataInputStream in) throws IOException {
        if (!in.readUTF().equals(FORMAT)) {
            throw new IllegalStateException("not " + FORMAT);
        }
        String version = in.readUTF();
        int steps = in.readInt();
        List<Tensor> tensors = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            tensors.add(tensor(in));
        }
        float[][][] gradients = new float[steps][tensors.size()][];
        for (float[][] step : gradients) {
            for (int t = 0; t < step.length; t++) {
                step[t] = floats(in, tensors.get(t).initial().length);
            }
        }
        List<Case> cases = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            cases.add(oneCase(in, steps, tensors));
        }
        return new TorchTrajectories(version, steps, List.copyOf(tensors), gradients, List.copyOf(cases));
    }

    private static Tensor tensor(DataInputStream in) throws IOException {
        String name = in.readUTF();
        long[] shape = new long[in.readInt()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.readInt();
        }
        return new Tensor(name, shape, floats(in, (int) Arrays.stream(shape).reduce(1, Math::multiplyExact)));
    }

    private static Case oneCase(DataInputStream in, int steps, List<Tensor> tensors) throws IOException {
        String name = in.readUTF();
        String optimizer = in.readUTF();
        Map<String, String> options = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            options.put(in.readUTF(), in.readUTF());
        }
        String recorded = in.readUTF();
        double[] rates = new double[steps];
        for (int s = 0; s < steps; s++) {
            rates[s] = in.readDouble();
        }
        return new Case(
                name, optimizer, Collections.unmodifiableMap(options), recorded, rates, values(in, steps, tensors));
    }

    private static double[][][] values(DataInputStream in, int steps, List<Tensor> tensors) throws IOException {
        int perStep =
                tensors.stream().mapToInt(tensor -> tensor.initial().length).sum();
        int count = steps * perStep;
        byte[] planes = in.readNBytes(BYTES_PER_NUMBER * count);
        double[][][] values = new double[steps][tensors.size()][];
        int next = 0;
        for (double[][] step : values) {
            for (int t = 0; t < step.length; t++) {
                step[t] = new double[tensors.get(t).initial().length];
                for (int i = 0; i < step[t].length; i++) {
                    step[t][i] = number(planes, count, next++);
                }
            }
        }
        return values;
    }

    private static double number(byte[] planes, int count, int index) {
        long bits = 0;
        for (int plane = 0; plane < BYTES_PER_NUMBER; plane++) {
            bits = (bits << Byte.SIZE) | (planes[plane * count + index] & 0xFF);
        }
        return Double.longBitsToDouble(bits << (2 * Byte.SIZE));
    }

    private static float[] floats(DataInputStream in, int count) throws IOException {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
