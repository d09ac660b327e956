package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A linear map of the centred input that takes its covariance on the training part to the identity: {@code y = W(x - mean)}.
 *
 * <p>With the eigenvectors {@code v} and eigenvalues {@code l} of the covariance, the rows of W are {@code v/sqrt(l +
 * epsilon)} for PCA, largest eigenvalue first; ZCA turns that back by {@code v}, so that outputs stay as near to inputs as
 * whitened numbers can be (Bell and Sejnowski, Vision Research 37, 1997).
 *
 * @param kind PCA, whose outputs are a vector of components, or ZCA, whose outputs have the shape of its inputs
 * @param means one for each number of an input
 * @param matrix rows of W, one after the other, each as long as the means
 */
public record Whitening(Kind kind, List<Double> means, FloatMatrix matrix) implements Preprocessing {
    /** What becomes of the components. */
    public enum Kind {
        PCA,
        ZCA
    }

    public Whitening {
        means = List.copyOf(means);
        if (matrix.columns() != means.size() || (kind == Kind.ZCA && matrix.rows() != means.size())) {
            throw new IllegalArgumentException("a whitening matrix of %dx%d does not go with %d means"
                    .formatted(matrix.rows(), matrix.columns(), means.size()));
        }
    }

    @Override
    public Shape output(Shape input) {
        if (input.size() != means.size() || input.kind() == Shape.Kind.TOKENS) {
            throw new IllegalArgumentException(
                    "a whitening of %d numbers does not fit examples of shape %s".formatted(means.size(), input));
        }
        return kind == Kind.ZCA ? input : Shape.vector(matrix.rows());
    }

    @Override
    public void apply(Shape shape, MemorySegment from, MemorySegment to) {
        apply(List.of(from), List.of(to));
    }

    /** Whitens several examples, which takes less time than one by one, and gives the same. */
    void apply(List<MemorySegment> from, List<MemorySegment> to) {
        float[][] whitened = matrix.times(from.stream().map(this::centred).toArray(float[][]::new));
        for (int i = 0; i < whitened.length; i++) {
            MemorySegment.copy(whitened[i], 0, to.get(i), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, matrix.rows());
        }
    }

    private float[] centred(MemorySegment example) {
        float[] centred = example.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
        for (int i = 0; i < centred.length; i++) {
            centred[i] -= means.get(i).floatValue();
        }
        return centred;
    }

    /** Whitened once, where the result is not too large to keep: the map costs much more than a copy. */
    @Override
    public Examples apply(Examples examples) {
        PreprocessedExamples whitened = new PreprocessedExamples(examples, this);
        return WhitenedExamples.fits(whitened) ? WhitenedExamples.of(whitened, this) : whitened;
    }

    /** With the matrix as base64 of little-endian float32, row by row. */
    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", kind == Kind.PCA ? "pca" : "zca");
        json.put("means", means);
        json.put("rows", matrix.rows());
        json.put("matrix", matrix.base64());
        return json;
    }

    static Whitening of(JsonFields json, Kind kind) {
        List<Double> means = json.numbers("means");
        return json.checked(() -> new Whitening(
                kind, means, FloatMatrix.ofBase64(json.whole("rows"), means.size(), json.text("matrix"))));
    }
}
