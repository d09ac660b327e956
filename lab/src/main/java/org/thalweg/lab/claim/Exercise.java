package org.thalweg.lab.claim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Exemption;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.ParameterGroup;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.PlateauWatch;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Evaluation;
import org.thalweg.train.Extras;
import org.thalweg.train.NonFiniteException;
import org.thalweg.train.Score;
import org.thalweg.train.TrainingStep;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Batching;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;

/**
 * A short training in memory, of which a claim makes hundreds: nothing is saved. Every training of one exercise begins with the same weights
 * and sees the same batches.
 *
 * @param batch examples in a step
 * @param epochs passes over the training part; examples that do not fill a last batch are left out of a pass
 * @param seed of the weights and the order of the examples
 */
public record Exercise(Dataset data, Model model, int batch, int epochs, long seed) {
    /** Looks on. */
    @FunctionalInterface
    public interface Look {
        /**
         * After each update; the network has its new weights and the gradient that led to them.
         *
         * @param step from 1
         * @param loss of the batch, before the update
         */
        void at(long step, double loss, Network network);
    }

    /**
     * What came of a training.
     *
     * @param losses of the steps' batches, as far as it came
     * @param diverged whether a loss or gradient was not finite, which ended it
     * @param train over the whole training part at the end
     * @param validation the same on the validation part; of the training part where there is none
     * @param test the same on the test part
     */
    public record Outcome(List<Double> losses, boolean diverged, Score train, Score validation, Score test) {
        public Outcome {
            losses = List.copyOf(losses);
        }

        /** The exact training loss, or that of guessing where it is worse or no number. */
        public double trainLoss(double guessing) {
            return diverged || !(train.loss() < guessing) ? guessing : train.loss();
        }

        /** The share of test examples that are answered wrongly; 1 if it diverged. */
        public double testError() {
            return diverged ? 1 : 1 - test.accuracy();
        }

        /** The same on the validation part. */
        public double validationError() {
            return diverged ? 1 : 1 - validation.accuracy();
        }
    }

    /** Steps in a whole training. */
    public long steps() {
        return epochs * Batches.perEpoch(data.train(), batch);
    }

    /** Trains, whatever comes of it. */
    public Outcome train(Rule rule, Schedule rate) {
        return train(rule, rate, (step, loss, network) -> {});
    }

    /** The same with biases and normalisation exempt from weight decay and trust ratio, as large batches want it. */
    public Outcome trainExempting(Rule rule, Schedule rate) {
        return train(parameters -> Exemption.groups(rule, parameters), rate, (step, loss, network) -> {});
    }

    /**
     * The same while something looks on.
     *
     * @param rate a {@link ReduceOnPlateau} is fed with the loss over the training part after each epoch
     */
    public Outcome train(Rule rule, Schedule rate, Look look) {
        return train(parameters -> List.of(new ParameterGroup("all", rule, parameters)), rate, look);
    }

    private Outcome train(Function<List<Parameter>, List<ParameterGroup>> groups, Schedule rate, Look look) {
        Execution execution = new Execution(Engine.start().setup().threads(), Execution.Kernels.VECTOR);
        Schedule live = rate instanceof ReduceOnPlateau plateau ? plateau.watch() : rate;
        try (Network network = Network.build(model.plan(data.shape()), seed);
                Optimizer optimizer = Optimizer.of(groups.apply(network.parameters()), live, execution);
                TrainingStep step = new TrainingStep(network, optimizer, model.loss(data.task()), Extras.NONE);
                Batches batches = new Batches(data.train(), new Batching(batch, true, 0))) {
            List<Double> losses = new ArrayList<>();
            boolean diverged = false;
            for (int epoch = 1; epoch <= epochs && !diverged; epoch++) {
                diverged = !epoch(step, batches.shuffled(seed, epoch), network, losses, look);
                if (live instanceof PlateauWatch watch) {
                    watch.observe(score(network, data.train()).loss());
                }
            }
            return new Outcome(
                    losses,
                    diverged,
                    score(network, data.train()),
                    score(network, data.validation().orElse(data.train())),
                    score(network, data.test()));
        }
    }

    /** Whether all numbers stayed finite. */
    private static boolean epoch(
            TrainingStep step, Iterable<Batch> batches, Network network, List<Double> losses, Look look) {
        try {
            for (Batch each : batches) {
                OptionalDouble loss = step.run(each);
                losses.add(loss.orElseThrow());
                look.at(losses.size(), losses.getLast(), network);
            }
            return true;
        } catch (NonFiniteException _) {
            return false;
        }
    }

    private Score score(Network network, Examples examples) {
        try (Evaluation evaluation = new Evaluation(network, examples, model.loss(data.task()))) {
            return evaluation.score();
        }
    }

    /** A network's weights, one after the other. */
    public static float[] weights(Network network) {
        List<Parameter> parameters = network.parameters();
        float[] all =
                new float[(int) parameters.stream().mapToLong(Parameter::size).sum()];
        int from = 0;
        for (Parameter parameter : parameters) {
            int size = (int) parameter.size();
            MemorySegment.copy(parameter.value(), ValueLayout.JAVA_FLOAT, 0, all, from, size);
            from += size;
        }
        return all;
    }
}
