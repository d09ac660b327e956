package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.BiasCorrection;
import org.thalweg.optim.rule.EpsilonPlace;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

/** Adam's bias correction matters in the first steps only, and the mean of min(t, N) gradients does essentially the same. */
public final class C14BiasCorrection implements Claim<C14BiasCorrection.Forms> {
    private static final double RATE = 0.001;
    private static final int EARLY = 50;
    private static final int FIRST = 100;
    private static final int LONG = 3_000;
    private static final double OFTEN = 1.25;

    private static final List<Rule> FORMS =
            List.of(adam(BiasCorrection.EXPONENTIAL), adam(BiasCorrection.NONE), adam(BiasCorrection.RUNNING_MEAN));

    /**
     * What one seed measures.
     *
     * @param steps that were looked at, ascending
     * @param plain for each, the length of the step without correction over that of Adam's on the same gradients
     * @param mean the same for the mean of min(t, N)
     * @param cosine of the angle between the latter and Adam's
     * @param corrected a training with Adam
     */
    public record Forms(
            List<Double> steps,
            List<Double> plain,
            List<Double> mean,
            List<Double> cosine,
            Course corrected,
            Course uncorrected,
            Course running) {
        /** The largest factor, either way, by which the length is off from a step on; 1 if there is none. */
        double plainOffFrom(int first) {
            return off(plain, first);
        }

        /** The same among the first ten steps. */
        double firstOff() {
            double most = 1;
            for (int i = 0; i < plain.size() && steps.get(i) <= 10; i++) {
                most = Math.max(most, Math.max(plain.get(i), 1 / plain.get(i)));
            }
            return most;
        }

        /** Whether the mean of min(t, N) begins nearer to Adam than without correction. */
        boolean startsLikeAdam() {
            double adam = corrected.earlyLoss();
            return Math.abs(running.earlyLoss() - adam) < Math.abs(uncorrected.earlyLoss() - adam);
        }

        double meanOff() {
            return off(mean, 1);
        }

        private double off(List<Double> ratios, int first) {
            double most = 1;
            for (int i = 0; i < ratios.size(); i++) {
                if (steps.get(i) >= first) {
                    most = Math.max(most, Math.max(ratios.get(i), 1 / ratios.get(i)));
                }
            }
            return most;
        }
    }

    /** A training: the mean batch loss of its first steps, and the share of test errors at its end. */
    public record Course(double earlyLoss, double testError) {}

    @Override
    public Statement statement() {
        return new Statement(
                        "C14",
                        "Adam's bias correction matters in the first steps only, and the mean of min(t, N) gradients does essentially the same",
                        List.of(
                                new Quote(
                                        "NTU CE7454",
                                        "“The first few s are too small. Thus, we introduce bias correction.”"),
                                new Quote(
                                        "TTIC 31230",
                                        "“The published version of Adam has a more obscure form of bias correction which yields essentially the same effect.”")),
                        """
                        Adam:         m <- beta m + (1 - beta) g,  divided by 1 - beta^t
                        uncorrected:  m as it is
                        TTIC:         m <- (1 - 1/min(t, N)) m + g / min(t, N),  N = 1 / (1 - beta)\
                        """,
                        """
                        Digits, a perceptron with 64 hidden units, batch 32, Adam with beta 0.9 and 0.999 at rate 0.001, 80 epochs: 3,520 steps.
                        Length: along Adam's own way all three forms are given the same gradients, and the norms of their steps are compared.
                        Training: each form by itself, from the same weights with the same batches.
                        Each seed draws other parts, weights and batches.\
                        """,
                        """
                        (1) Without correction a step among the first ten is off by a factor of 2 or more. (2) From step 100 on none is off by more than 1.25. (3) The \
                        mean of min(t, N) is never off by more than 1.25, and its mean loss over the first 50 steps differs less from Adam's than the uncorrected \
                        one does. (4) After training the three forms' mean test errors are within 1 percentage point. All, in every seed: holds. With (2) from step 3,000 on \
                        alone, which is 3 times the longer average: holds within limits. Else it does not hold here.\
                        """)
                .remark(
                        "Too small averages make no small steps: the square's average is too small by more, so that without correction the steps are too long, by (1 - beta1^t) / sqrt(1 - beta2^t): 3.2 at the first, 6.6 at the 12th.");
    }

    @Override
    public Class<Forms> measurement() {
        return Forms.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    private static Adam adam(BiasCorrection correction) {
        return new Adam(0.9, 0.999, 1e-8, correction, EpsilonPlace.OUTSIDE_ROOT);
    }

    @Override
    public Forms measure(Trial trial) {
        Dataset digits = Dataset.of(Corpus.load("digits"), new Split(trial.seed()));
        Exercise exercise = new Exercise(digits, Model.mlp(10, 64), 32, trial.pick(80, 3), trial.seed());
        List<Double> steps = new ArrayList<>();
        List<Double> plain = new ArrayList<>();
        List<Double> mean = new ArrayList<>();
        List<Double> cosine = new ArrayList<>();
        trial.says("three forms on the same gradients");
        Outcome corrected;
        try (Shadows shadows = new Shadows(FORMS)) {
            corrected =
                    exercise.train(adam(BiasCorrection.EXPONENTIAL), Schedule.constant(RATE), (step, _, network) -> {
                        List<double[]> directions = shadows.directions(network);
                        double[] one = directions.getFirst();
                        if (step <= 10 || step % Math.max(1, step / 10) == 0) {
                            steps.add((double) step);
                            plain.add(norm(directions.get(1)) / norm(one));
                            mean.add(norm(directions.get(2)) / norm(one));
                            cosine.add(dot(directions.get(2), one) / norm(one) / norm(directions.get(2)));
                        }
                    });
        }
        trial.says("without correction");
        Outcome uncorrected = exercise.train(adam(BiasCorrection.NONE), Schedule.constant(RATE));
        trial.says("with the mean of min(t, N)");
        Outcome running = exercise.train(adam(BiasCorrection.RUNNING_MEAN), Schedule.constant(RATE));
        return new Forms(steps, plain, mean, cosine, course(corrected), course(uncorrected), course(running));
    }

    private static Course course(Outcome outcome) {
        return new Course(Seeds.mean(outcome.losses().subList(0, EARLY), Double::doubleValue), outcome.testError());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }

    @Override
    public Verdict judge(List<Forms> measured) {
        double least = measured.stream().mapToDouble(Forms::firstOff).min().orElseThrow();
        double later = most(measured, one -> one.plainOffFrom(FIRST));
        double last = most(measured, one -> one.plainOffFrom(LONG));
        double mean = most(measured, Forms::meanOff);
        double apart = errorsApart(measured);
        String seen =
                ("without correction steps are off by a factor of up to %.1f among the first ten, %.2f from step 100 and %.2f from step 3,000 on; with"
                                + " the mean of min(t, N) by %.2f at most; test errors end within %.2f percentage points")
                        .formatted(least, later, last, mean, apart);
        boolean same = mean <= OFTEN && measured.stream().allMatch(Forms::startsLikeAdam);
        if (least < 2 || !same || apart > 1 || last > OFTEN) {
            return Verdict.notHere(seen);
        }
        return later <= OFTEN
                ? Verdict.holds(seen)
                : Verdict.withinLimits(
                        "the first steps are the first thousands, as many as the average of squares is long: %s", seen);
    }

    private static double most(List<Forms> measured, ToDoubleFunction<Forms> number) {
        return measured.stream().mapToDouble(number).max().orElseThrow();
    }

    /** Of the three forms' mean test errors, in percentage points. */
    private static double errorsApart(List<Forms> measured) {
        List<Double> errors = List.of(
                100 * Seeds.mean(measured, one -> one.corrected().testError()),
                100 * Seeds.mean(measured, one -> one.uncorrected().testError()),
                100 * Seeds.mean(measured, one -> one.running().testError()));
        return errors.stream().max(Comparator.naturalOrder()).orElseThrow()
                - errors.stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    @Override
    public Exhibit exhibit(List<Forms> measured) {
        List<Double> steps = measured.getFirst().steps();
        List<Double> formula = steps.stream()
                .map(t -> (1 - Math.pow(0.9, t)) / Math.sqrt(1 - Math.pow(0.999, t)))
                .toList();
        Chart lengths = new Chart(
                "length of a step over Adam's, on the same gradients, mean of seeds",
                "",
                "step",
                true,
                Chart.Fit.FROM_ZERO,
                List.of(
                        new Line(
                                "without correction",
                                Seeds.curve(steps, Seeds.means(measured, Forms::plain)),
                                Line.Style.PLAIN,
                                Hue.ORANGE.css()),
                        new Line("as the formula says", Seeds.curve(steps, formula), Line.Style.DASHED, Hue.INK.css()),
                        new Line(
                                "mean of min(t, N)",
                                Seeds.curve(steps, Seeds.means(measured, Forms::mean)),
                                Line.Style.PLAIN,
                                Hue.BLUE.css())));
        Chart early = new Chart(
                "mean loss over the first 50 steps",
                "nats",
                "seed",
                Chart.Fit.FROM_ZERO,
                List.of(
                        Seeds.bySeed("Adam", measured, one -> one.corrected().earlyLoss(), Line.Style.DOTS, Hue.GREEN),
                        Seeds.bySeed(
                                "mean of min(t, N)",
                                measured,
                                one -> one.running().earlyLoss(),
                                Line.Style.DOTS,
                                Hue.BLUE),
                        Seeds.bySeed(
                                "without correction",
                                measured,
                                one -> one.uncorrected().earlyLoss(),
                                Line.Style.SQUARES,
                                Hue.ORANGE)));
        return new Exhibit(
                Quantities.of(measured)
                        .and("uncorrected: most off among the first ten steps", "times", Forms::firstOff)
                        .and("uncorrected: most off from step 100 on", "times", one -> one.plainOffFrom(FIRST))
                        .and("uncorrected: most off from step 3,000 on", "times", one -> one.plainOffFrom(LONG))
                        .and("mean of min(t, N): most off", "times", Forms::meanOff)
                        .and(
                                "mean of min(t, N): least cosine with Adam's step",
                                "",
                                one -> one.cosine().stream()
                                        .min(Comparator.naturalOrder())
                                        .orElseThrow())
                        .and(
                                "test errors, Adam",
                                "%",
                                one -> 100 * one.corrected().testError())
                        .and(
                                "test errors, mean of min(t, N)",
                                "%",
                                one -> 100 * one.running().testError())
                        .and(
                                "test errors, uncorrected",
                                "%",
                                one -> 100 * one.uncorrected().testError())
                        .list(),
                List.of(lengths, early));
    }
}
