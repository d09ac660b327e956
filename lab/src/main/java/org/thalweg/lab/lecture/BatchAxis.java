package org.thalweg.lab.lecture;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.lab.claim.Trial;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.Model;

/**
 * Trainings of one network for as many epochs with batches of any size, and when a size keeps the accuracy of the smallest.
 *
 * @param epochs of each training, over a part that every batch size divides
 */
record BatchAxis(Dataset data, int epochs, long seed) {
    static final int SMALLEST = 64;
    static final int EPOCHS = 20;
    /** Of momentum, for the smallest batches. */
    static final List<Double> RATES = Seeds.factors(0.0025, 2, 7);
    /** By how much an error may be larger and accuracy still counts as kept: one in a hundred examples. */
    static final double MARGIN = 0.01;

    private static final int WARM_UP_SHARE = 5;

    /** How data, network and schedule are told. */
    static final String SETUP = """
            Fashion-MNIST, the digits where it is not found: 8,192 of the training examples (1,024 digits), other 6,000 (414) for validation, the published test part (359). \
            A perceptron with two hidden layers of 64; 20 epochs with every batch size; the rate grows in equal steps over the first fifth of the run and falls to 0 by a cosine. \
            Momentum (0.9) with batches of 64 is tried at the rates %s; the one with the fewest validation errors is r. \
            Each seed draws other training and validation examples, weights and batches.\
            """.formatted(Seeds.words(RATES));

    /** When accuracy is kept. */
    static final String KEPT = """
            A batch size keeps the accuracy if the 95 % interval (Student's, paired by seed) of its mean test error less that of momentum with batches of 64 ends at most 1 percentage \
            point above 0; a way reaches as far as the largest size that keeps it, as all smaller ones do.\
            """;

    static BatchAxis of(Trial trial) {
        return new BatchAxis(SmallImages.of(trial), trial.pick(EPOCHS, 1), trial.seed());
    }

    /** Those that the training part has examples for. */
    List<Integer> within(List<Integer> batches) {
        return batches.stream().filter(batch -> batch <= data.train().count()).toList();
    }

    Exercise exercise(int batch) {
        return new Exercise(data, Model.mlp(data.task().outputs(), 64, 64), batch, epochs, seed);
    }

    static Schedule schedule(double rate, long steps) {
        long up = steps / WARM_UP_SHARE;
        return Schedule.cosine(rate, steps - up).warmUp(up);
    }

    /** The rate whose training makes the fewest errors on the validation part. */
    static Tuned<Double, Outcome> best(List<Double> rates, Function<Double, Outcome> training) {
        return Tuned.lowest(rates, training, Outcome::validationError);
    }

    /** Momentum with the smallest batches, at its best rate. */
    Tuned<Double, Outcome> smallest(Trial trial) {
        return best(trial.pick(RATES, RATES.subList(4, 5)), rate -> momentum(trial, SMALLEST, rate));
    }

    /** One training with momentum. */
    Outcome momentum(Trial trial, int batch, double rate) {
        trial.says("momentum, batch %,d at a rate of %.4g".formatted(batch, rate));
        Exercise exercise = exercise(batch);
        return exercise.train(new Momentum(), schedule(rate, exercise.steps()));
    }

    /**
     * The largest batches that keep the accuracy, as all smaller ones do; {@link #SMALLEST} if none does.
     *
     * @param batches sizes, ascending
     * @param errors for each size, by a measurement
     * @param smallest the error of momentum with the smallest batches
     */
    static <M> double reach(
            List<M> measured, List<Double> batches, Function<M, List<Double>> errors, ToDoubleFunction<M> smallest) {
        int kept = (int) IntStream.range(0, batches.size())
                .takeWhile(size ->
                        Seeds.student(measured, one -> errors.apply(one).get(size), smallest)
                                        .high()
                                <= MARGIN)
                .count();
        return kept == 0 ? SMALLEST : batches.get(kept - 1);
    }
}
