package org.thalweg.train.data;

import java.util.List;
import java.util.Optional;
import org.thalweg.optim.text.Forms;
import org.thalweg.optim.text.Names;

/**
 * Data that is generated: example {@code i} follows from the seed and {@code i} alone, whenever it is copied, so that any
 * number of examples takes no memory. The text form is such as {@code spirals:n=1000,noise=0.1}.
 */
public sealed interface Synthetic {
    /** Those that have a text form. */
    Forms READY = new Forms(
            "generated data",
            List.of(
                    new Gaussians(1000, 3, 2, 1, 1),
                    new Spirals(1000, 2, 0.1, 1),
                    new Sine(1000, 0.1, 1),
                    new Teacher(1000, 10, 16, 1, 0, 1)));

    /** Numbers in one example, its target included. */
    int MOST_NUMBERS = 1 << 20;

    /** How many examples. */
    int n();

    Shape shape();

    Task task();

    /** What generates example by example; what all have in common is drawn here. */
    Generator generator();

    /** Generates one example. */
    interface Generator {
        /**
         * Generates.
         *
         * @param row number of the example
         * @param random what it draws from, of its own
         * @param input to be filled
         * @return the target: a class, or so many numbers
         */
        double[] generate(int row, SplitMix64 random, float[] input);
    }

    long seed();

    /** Whether the text begins as one of these. */
    static boolean isOne(String text) {
        String name = text.split(":", 2)[0].strip();
        return names().stream().anyMatch(known -> Names.same(known, name));
    }

    static List<String> names() {
        return READY.ready().stream().map(Forms::name).toList();
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Synthetic parse(String text) {
        return (Synthetic) READY.parse(text);
    }

    /** As data to divide. */
    default ExampleCorpus corpus() {
        return new ExampleCorpus(
                Forms.name((Record) this), new Generated(shape(), task(), n(), seed(), generator()), Optional.empty());
    }

    /**
     * Points around one centre for each class, normally distributed; the centres are standard normal times the distance.
     *
     * @param n how many examples, at least 1
     * @param classes at least 1
     * @param features of a point, at least 1
     * @param spread the deviation around a centre, at least 0
     */
    record Gaussians(int n, int classes, int features, double spread, long seed) implements Synthetic {
        private static final double DISTANCE = 3;

        public Gaussians {
            atLeastOne("n", n);
            atLeastOne("classes", classes);
            atLeastOne("features", features);
            atLeastZero("spread", spread);
            checkNumbers((long) classes * features);
        }

        @Override
        public Shape shape() {
            return Shape.vector(features);
        }

        @Override
        public Task task() {
            return new Task.Classification(classes);
        }

        @Override
        public Generator generator() {
            SplitMix64 shared = common(seed);
            double[][] centres = RandomMatrix.normal(shared, classes, features, DISTANCE);
            return (row, random, input) -> {
                int label = row % classes;
                for (int i = 0; i < features; i++) {
                    input[i] = (float) (centres[label][i] + spread * random.gaussian());
                }
                return new double[] {label};
            };
        }
    }

    /**
     * Arms that wind one and a half times around the origin, one for each class, at radii from 0.1 to 1.
     *
     * @param n how many examples, at least 1
     * @param arms at least 1
     * @param noise the deviation of what is added to both coordinates, at least 0
     */
    record Spirals(int n, int arms, double noise, long seed) implements Synthetic {
        private static final double TURNS = 1.5;

        public Spirals {
            atLeastOne("n", n);
            atLeastOne("arms", arms);
            atLeastZero("noise", noise);
        }

        @Override
        public Shape shape() {
            return Shape.vector(2);
        }

        @Override
        public Task task() {
            return new Task.Classification(arms);
        }

        @Override
        public Generator generator() {
            return (row, random, input) -> {
                int arm = row % arms;
                double along = random.uniform();
                double radius = 0.1 + 0.9 * along;
                double angle = 2 * StrictMath.PI * (TURNS * along + (double) arm / arms);
                input[0] = (float) (radius * StrictMath.cos(angle) + noise * random.gaussian());
                input[1] = (float) (radius * StrictMath.sin(angle) + noise * random.gaussian());
                return new double[] {arm};
            };
        }
    }

    /**
     * {@code sin(2 pi x)} for x uniform in [-1, 1), with normal noise.
     *
     * @param n how many examples, at least 1
     * @param noise the deviation of what is added, at least 0
     */
    record Sine(int n, double noise, long seed) implements Synthetic {
        public Sine {
            atLeastOne("n", n);
            atLeastZero("noise", noise);
        }

        @Override
        public Shape shape() {
            return Shape.vector(1);
        }

        @Override
        public Task task() {
            return new Task.Regression(1);
        }

        @Override
        public Generator generator() {
            return (_, random, input) -> {
                double x = 2 * random.uniform() - 1;
                input[0] = (float) x;
                return new double[] {StrictMath.sin(2 * StrictMath.PI * x) + noise * random.gaussian()};
            };
        }
    }

    /**
     * What a network of one hidden layer of tanh with random weights answers to standard normal inputs, with normal noise;
     * weights are normal with variance one over the number of inputs of a layer.
     *
     * @param n how many examples, at least 1
     * @param features of an input, at least 1
     * @param hidden units, at least 1
     * @param outputs numbers in an answer, at least 1
     * @param noise the deviation of what is added to each, at least 0
     */
    record Teacher(int n, int features, int hidden, int outputs, double noise, long seed) implements Synthetic {
        public Teacher {
            atLeastOne("n", n);
            atLeastOne("features", features);
            atLeastOne("hidden", hidden);
            atLeastOne("outputs", outputs);
            atLeastZero("noise", noise);
            checkNumbers((long) features * hidden);
            checkNumbers((long) hidden * outputs);
        }

        @Override
        public Shape shape() {
            return Shape.vector(features);
        }

        @Override
        public Task task() {
            return new Task.Regression(outputs);
        }

        @Override
        public Generator generator() {
            SplitMix64 shared = common(seed);
            double[][] first = RandomMatrix.normal(shared, hidden, features, 1 / Math.sqrt(features));
            double[][] second = RandomMatrix.normal(shared, outputs, hidden, 1 / Math.sqrt(hidden));
            return (_, random, input) -> {
                double[] x = new double[features];
                for (int i = 0; i < features; i++) {
                    input[i] = (float) random.gaussian();
                    x[i] = input[i];
                }
                double[] units = RandomMatrix.times(first, x);
                for (int i = 0; i < hidden; i++) {
                    units[i] = StrictMath.tanh(units[i]);
                }
                double[] answers = RandomMatrix.times(second, units);
                for (int i = 0; i < outputs; i++) {
                    answers[i] += noise * random.gaussian();
                }
                return answers;
            };
        }
    }

    private static SplitMix64 common(long seed) {
        return SplitMix64.stream(seed, -1);
    }

    private static void atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be at least 1, but is %d".formatted(what, value));
        }
    }

    private static void atLeastZero(String what, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("%s must be a number from 0, but is %s".formatted(what, value));
        }
    }

    private static void checkNumbers(long numbers) {
        if (numbers > MOST_NUMBERS) {
            throw new IllegalArgumentException(
                    "a table of %,d numbers is too large; at most %,d are drawn".formatted(numbers, MOST_NUMBERS));
        }
    }
}
