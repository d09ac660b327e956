package org.thalweg.train.predict;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.thalweg.train.data.InputFiles;
import org.thalweg.train.data.Layout;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.data.Standardisation;
import org.thalweg.train.data.Task;
import org.thalweg.train.data.Vocabulary;

/**
 * A trained model that answers: loaded from a run's directory with its preprocessing, weights and class names. Any number of
 * threads may ask at once, virtual ones too; what an answer takes of native memory is free again when it is there.
 */
public final class Predictor implements AutoCloseable {
    private final TrainedModel model;
    private final ForwardPass pass;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private Predictor(TrainedModel model) {
        this.model = model;
        this.pass = new ForwardPass(model.network(), model.loss());
    }

    /**
     * Loads what a run has trained.
     *
     * @param run its directory
     * @throws IllegalArgumentException if it is no run's directory
     * @throws org.thalweg.train.data.DataException if it has no trained weights, or is damaged
     */
    public static Predictor load(Path run) {
        return PlatformThreads.call(() -> new Predictor(TrainedModel.read(run)));
    }

    /** The shape of one input, as it comes: preprocessing is done here. */
    public Shape input() {
        return model.form().shape();
    }

    /** What the model answers. */
    public Task task() {
        return model.form().task();
    }

    /** A class's name, or its number where it has none. */
    public String className(int number) {
        return model.form().className(number);
    }

    /**
     * Answers one input.
     *
     * @param input as the training data had it, before any preprocessing: features, or an image's channels one after the other,
     *     each row by row
     * @throws IllegalArgumentException if there are not as many numbers as the model takes, or one is not finite
     * @throws IllegalStateException if the model goes on with texts, or this is closed
     */
    public Prediction predict(float... input) {
        return predict(List.of(input)).getFirst();
    }

    /**
     * Answers several inputs in one pass, which is faster than one after the other.
     *
     * @param inputs each as for {@link #predict(float...)}
     * @return one answer for each, in their order
     */
    public List<Prediction> predict(List<float[]> inputs) {
        if (task() instanceof Task.NextToken) {
            throw new IllegalStateException("this model goes on with texts: ask it to continue one");
        }
        if (inputs.isEmpty()) {
            return List.of();
        }
        Layout layout = model.form().modelInput().layout();
        MemorySegment prepared = MemorySegment.ofArray(new byte[Math.toIntExact(layout.bytes() * inputs.size())]);
        for (int row = 0; row < inputs.size(); row++) {
            float[] input = checked(inputs.get(row));
            model.form()
                    .preprocessing()
                    .apply(
                            input(),
                            MemorySegment.ofArray(input),
                            prepared.asSlice(row * layout.bytes(), layout.bytes()));
        }
        float[][] answers =
                alive(() -> pass.answers(prepared, inputs.size(), model.form().modelInput()));
        return IntStream.range(0, inputs.size())
                .mapToObj(row -> prediction(answers[row]))
                .toList();
    }

    /**
     * Reads an image as this model takes it: resized, grey where it takes one channel, white as bright as it was in training.
     *
     * @param file PNG or JPEG
     * @throws org.thalweg.train.data.DataException naming the file if it is no image
     * @throws IllegalArgumentException if the model takes no images
     */
    public float[] image(Path file) {
        if (!input().isImage()) {
            throw new IllegalArgumentException("%s is an image, but the model takes %s".formatted(file, described()));
        }
        return InputFiles.image(file, input(), model.brightest());
    }

    /**
     * Reads the rows of a CSV file as this model takes them; a column more than it takes is the target's, and is left out.
     *
     * @throws org.thalweg.train.data.DataException naming the file, line and column of the first thing that is wrong
     * @throws IllegalArgumentException if the model goes on with texts
     */
    public List<float[]> rows(Path file) {
        if (task() instanceof Task.NextToken) {
            throw new IllegalArgumentException("%s is a table, but the model takes %s".formatted(file, described()));
        }
        return InputFiles.rows(file, input().size(), model.target());
    }

    /**
     * Goes on with a text, character by character.
     *
     * @param start what comes before; of a longer one than the model sees at once, the end counts
     * @return what follows, without the start
     * @throws IllegalArgumentException if the start is empty
     * @throws IllegalStateException if the model is none for texts, or this is closed
     */
    public String continueText(String start, Sampling sampling) {
        if (!(model.form().preprocessing() instanceof Vocabulary vocabulary)) {
            throw new IllegalStateException("this model takes %s, not texts".formatted(described()));
        }
        if (start.isEmpty()) {
            throw new IllegalArgumentException("a text needs at least one character to go on from");
        }
        Continuation text = new Continuation(vocabulary, input().length(), vocabulary.tokens(start));
        SplitMix64 random = SplitMix64.stream(sampling.seed(), 0);
        for (int i = 0; i < sampling.length(); i++) {
            float[] scores = alive(() -> pass.lastScores(text.context()));
            text.add(sampling, scores, random.uniform());
        }
        return text.added();
    }

    private float[] checked(float[] input) {
        if (input.length != input().size()) {
            throw new IllegalArgumentException(
                    "an input has %,d numbers, but the model takes %s".formatted(input.length, described()));
        }
        for (int i = 0; i < input.length; i++) {
            if (!Float.isFinite(input[i])) {
                throw new IllegalArgumentException(
                        "number %,d of an input is %s: fill gaps before you ask".formatted(i + 1, input[i]));
            }
        }
        return input;
    }

    private String described() {
        Shape shape = input();
        return switch (shape.kind()) {
            case IMAGE -> "images of %s (%,d numbers)".formatted(shape, shape.size());
            case TOKENS -> "texts";
            case VECTOR, SEQUENCE -> "%,d numbers".formatted(shape.size());
        };
    }

    private Prediction prediction(float[] answer) {
        if (task() instanceof Task.Classification) {
            double[] shares = Softmax.of(answer);
            int best = Softmax.largest(shares);
            return new Prediction(
                    className(best),
                    best,
                    IntStream.range(0, shares.length).mapToObj(i -> shares[i]).toList(),
                    List.of());
        }
        Optional<Standardisation> scale = model.form().targetScale();
        List<Double> values = IntStream.range(0, answer.length)
                .mapToObj(i -> scale.map(by -> by.undo(i, answer[i])).orElse((double) answer[i]))
                .toList();
        String label = String.join(", ", values.stream().map("%.6g"::formatted).toList());
        return new Prediction(label, 0, List.of(), values);
    }

    /** Answers while nobody can close this. */
    private <T> T alive(Supplier<T> answer) {
        life.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("this predictor is closed");
            }
            return PlatformThreads.call(answer);
        } finally {
            life.readLock().unlock();
        }
    }

    /** Frees the weights, once every answer that is on its way is there. */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                model.close();
            }
        } finally {
            life.writeLock().unlock();
        }
    }
}
