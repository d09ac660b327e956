package org.thalweg.lab.compare;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Evaluation;
import org.thalweg.train.Extras;
import org.thalweg.train.NonFiniteException;
import org.thalweg.train.Score;
import org.thalweg.train.TrainingStep;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;

/**
 * A network that learns from data. Nothing is saved of a training but its scores.
 *
 * @param name how it is called
 * @param data with a validation part, of which at most {@value #MOST_VALIDATED} examples are used
 * @param model trained for its own loss, or the usual one
 * @param batch examples in a step
 */
public record NetworkWorkload(String name, Dataset data, Model model, int batch) implements Workload {
    /** More would cost more than they tell. */
    private static final int MOST_VALIDATED = 5_000;

    private static final int MOST_EPOCHS = 50;
    /** Fewer training examples than these take smaller batches. */
    private static final int SMALL = 10_000;

    /** @throws IllegalArgumentException if model, batch size and data do not fit together, or nothing is set aside for validation */
    public NetworkWorkload {
        if (data.validation().isEmpty()) {
            throw new IllegalArgumentException(
                    "settings are chosen by validation examples: set some of %s aside".formatted(data.name()));
        }
        Batches.checkSize(batch, data.train().count());
        model.plan(data.shape());
        model.loss(data.task()).check(data.task());
    }

    /** A batch size that suits the data. */
    static int usualBatch(Dataset data) {
        int count = data.train().count();
        return Math.min(count, count < SMALL ? 32 : 128);
    }

    @Override
    public String words() {
        return "%s on %s: %,d parameters, %,d training, %,d validation and %,d test examples, batches of %,d, %s"
                .formatted(
                        model.name(),
                        data.name(),
                        model.plan(data.shape()).parameters(),
                        data.train().count(),
                        validated().count(),
                        data.test().count(),
                        batch,
                        loss());
    }

    private Loss loss() {
        return model.loss(data.task());
    }

    private Examples validated() {
        Examples all = data.validation().orElseThrow();
        return all.count() <= MOST_VALIDATED
                ? all
                : all.select(IntStream.range(0, MOST_VALIDATED).toArray());
    }

    @Override
    public Measure measure() {
        return Measure.of(data.task());
    }

    @Override
    public long mostSteps() {
        return MOST_EPOCHS * Batches.perEpoch(data.train(), batch);
    }

    @Override
    public Learning begin(Rule rule, Schedule rate, long seed) {
        return new Training(rule, rate, seed);
    }

    /** One training. */
    private final class Training implements Learning {
        private final long seed;
        private final Network network;
        private final Optimizer optimizer;
        private final TrainingStep step;
        private final Batches batches;
        private final SplitMix64 steps;
        private Iterator<Batch> epoch = List.<Batch>of().iterator();
        private int epochs;

        Training(Rule rule, Schedule rate, long seed) {
            this.seed = seed;
            this.steps = SplitMix64.stream(seed, 0);
            this.batches = new Batches(data.augmentedTrain(), batch);
            this.network = Network.build(model.plan(data.shape()), seed);
            this.optimizer = Optimizer.of(
                    List.of(new ParameterGroup("all", rule, network.parameters())),
                    rate,
                    new Execution(Engine.start().setup().threads(), Execution.Kernels.VECTOR));
            this.step = new TrainingStep(network, optimizer, loss(), Extras.NONE);
        }

        @Override
        public double step() {
            if (!epoch.hasNext()) {
                epochs++;
                epoch = batches.shuffled(seed, epochs).iterator();
            }
            Engine.seed(steps.next()); // dropout's
            try {
                return step.run(epoch.next()).orElse(Double.NaN);
            } catch (NonFiniteException e) {
                return Double.NaN;
            }
        }

        @Override
        public Score validation() {
            return score(validated());
        }

        @Override
        public Score test() {
            return score(data.test());
        }

        private Score score(Examples examples) {
            try (Evaluation evaluation = new Evaluation(network, examples, loss())) {
                return evaluation.score();
            }
        }

        @Override
        public void close() {
            batches.close();
            step.close();
            optimizer.close();
            network.close();
        }
    }
}
