package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantity;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.curvature.Lanczos;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.sharpness.Climb;
import org.thalweg.lab.sharpness.Sharpness;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Evaluation;
import org.thalweg.train.Score;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;

/** Large batches end in sharper places than small ones. */
public final class C24SharpMinima implements Claim<C24SharpMinima.Batches> {
    private static final List<Double> RATES = Seeds.factors(0.005, 2, 7);
    private static final int SMALL = 16;
    private static final int LARGE = 256;
    private static final int SMALL_EPOCHS = 40;
    private static final int LARGE_EPOCHS = 300;
    private static final double TARGET = 0.05;
    private static final double EPSILON = 1e-3;

    /**
     * Where a training first came down to the target.
     *
     * @param trainLoss exact, in nats
     * @param keskar sharpness in a box of 1e-3, in per cent of one plus the loss
     * @param eigenvalue the largest of the training loss's Hessian
     */
    public record Place(
            double rate,
            double epochs,
            double trainLoss,
            double validationLoss,
            double testError,
            double keskar,
            double eigenvalue) {}

    /** What one seed measures: the places that the rates led to; those that did not get there are left out. */
    public record Batches(List<Place> small, List<Place> large) {
        boolean sharper(ToDoubleFunction<Place> measure) {
            return !small.isEmpty()
                    && !large.isEmpty()
                    && measure.applyAsDouble(best(large)) > measure.applyAsDouble(best(small));
        }

        static Place best(List<Place> places) {
            return places.stream()
                    .min(Comparator.comparingDouble(Place::validationLoss))
                    .orElseThrow();
        }

        /** Of the best rate; none if no rate got there. */
        static double of(List<Place> places, ToDoubleFunction<Place> number) {
            return places.isEmpty() ? Double.NaN : number.applyAsDouble(best(places));
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                        "C24",
                        "Large batches find sharper minima",
                        List.of(
                                new Quote(
                                        "KAIST AI602",
                                        "“Large batch (LB) training finds a ‘sharp minimum’” (Keskar'17)"),
                                new Quote(
                                        "NTU CE7454",
                                        "“To fall into a sharp minimum, the gradient must be precise. The noise in SGD prevents that.”"),
                                new Quote("Ginsburg CS217", "“only good (‘flat’) and bad (‘sharp’)” minima")),
                        "sharpness(w) = 100 (max L(w + d) - L(w)) / (1 + L(w)) over |d_i| <= 0.001 (|w_i| + 1);   the largest eigenvalue of L''(w)",
                        """
                Digits; a fifth of the examples for validation, a fifth for the test. A perceptron with 128 hidden units, momentum 0.9 at a constant rate, \
                batches of 16 for at most 40 epochs and of 256 for at most 300, each with the rates %s. Each training is looked at after the first epoch whose mean training \
                loss is at most 0.05 nats, since a lower loss alone makes the curvature of cross-entropy smaller; of those that get there the one with the lowest validation \
                loss is taken. The highest loss in the box is looked for in 10 iterations of a climb from each of two places. Each seed draws other parts, weights and batches.\
                """.formatted(Seeds.words(RATES)),
                        """
                With the large batch both Keskar's sharpness and the largest eigenvalue are larger, each %s: holds. \
                One of the two is: holds within limits. Else it does not hold here.\
                """.formatted(Seeds.MOST))
                .remark(
                        "An epoch's mean loss is above the loss at its end, the more so the faster it fell: places that were to have the same training"
                                + " loss have not, and the exact losses are among the numbers. Small batches often end the epoch lower, which by itself makes them"
                                + " look flatter.");
    }

    @Override
    public Class<Batches> measurement() {
        return Batches.class;
    }

    @Override
    public int seeds() {
        return 6;
    }

    @Override
    public Batches measure(Trial trial) {
        Dataset data = Dataset.of(Corpus.load("digits"), new Split(0.2, 0.2, trial.seed()));
        Model model = Model.mlp(data.task().outputs(), 128);
        return new Batches(
                places(new Exercise(data, model, SMALL, trial.pick(SMALL_EPOCHS, 1), trial.seed()), trial),
                places(new Exercise(data, model, LARGE, trial.pick(LARGE_EPOCHS, 2), trial.seed()), trial));
    }

    private static List<Place> places(Exercise exercise, Trial trial) {
        List<Place> places = new ArrayList<>();
        for (double rate : trial.pick(RATES, List.of(0.04))) {
            trial.says("batch %d at a rate of %s".formatted(exercise.batch(), rate));
            Watch watch = new Watch(exercise, rate, trial.pick(TARGET, Double.POSITIVE_INFINITY));
            exercise.train(new Momentum(), Schedule.constant(rate), watch);
            watch.place.ifPresent(places::add);
        }
        return places;
    }

    /** Looks at the first place whose epoch has a mean loss as low as wanted. */
    private static final class Watch implements Exercise.Look {
        private final Exercise exercise;
        private final double rate;
        private final double target;
        private final long perEpoch;
        private double losses;
        private Optional<Place> place = Optional.empty();

        Watch(Exercise exercise, double rate, double target) {
            this.exercise = exercise;
            this.rate = rate;
            this.target = target;
            this.perEpoch = exercise.steps() / exercise.epochs();
        }

        @Override
        public void at(long step, double loss, Network network) {
            losses += loss;
            if (step % perEpoch == 0) {
                if (place.isEmpty() && losses / perEpoch <= target) {
                    place = Optional.of(look((double) step / perEpoch, network));
                }
                losses = 0;
            }
        }

        private Place look(double epochs, Network network) {
            Dataset data = exercise.data();
            Score validation = score(network, data.validation().orElseThrow());
            Score test = score(network, data.test());
            try (MeanLoss loss = new MeanLoss(network, exercise.model().loss(data.task()), data.train())) {
                double[] weights = loss.weights();
                double eigenvalue = new Lanczos(1, 0.01, 300, 1)
                        .of(loss.hessian())
                        .values()
                        .getFirst()
                        .value();
                Sharpness keskar = Sharpness.keskar(loss, weights, EPSILON, new Climb(10, exercise.seed()));
                loss.moveTo(weights);
                return new Place(
                        rate,
                        epochs,
                        keskar.loss(),
                        validation.loss(),
                        1 - test.accuracy(),
                        keskar.value(),
                        eigenvalue);
            }
        }

        private Score score(Network network, Examples examples) {
            try (Evaluation evaluation = new Evaluation(network, examples)) {
                return evaluation.score();
            }
        }
    }

    @Override
    public Verdict judge(List<Batches> measured) {
        Predicate<Batches> byKeskar = one -> one.sharper(Place::keskar);
        Predicate<Batches> byEigenvalue = one -> one.sharper(Place::eigenvalue);
        String seen =
                "of %d seeds the large batch ends where Keskar's sharpness is larger in %d, and the largest eigenvalue in %d"
                        .formatted(
                                measured.size(), Seeds.count(measured, byKeskar), Seeds.count(measured, byEigenvalue));
        boolean keskar = Seeds.most(measured, byKeskar);
        boolean eigenvalue = Seeds.most(measured, byEigenvalue);
        if (keskar && eigenvalue) {
            return Verdict.holds("%s", seen);
        }
        return keskar || eigenvalue
                ? Verdict.withinLimits("by one measure alone: %s", seen)
                : Verdict.notHere("%s", seen);
    }

    @Override
    public Exhibit exhibit(List<Batches> measured) {
        List<Quantity> numbers = new ArrayList<>();
        add(numbers, "Keskar's sharpness", "% of 1 + loss", measured, Place::keskar);
        add(numbers, "largest eigenvalue", "", measured, Place::eigenvalue);
        add(numbers, "training loss there", "nats", measured, Place::trainLoss);
        add(numbers, "test error there", "%", measured, place -> 100 * place.testError());
        add(numbers, "rate that was taken", "", measured, Place::rate);
        add(numbers, "epochs to get there", "", measured, Place::epochs);
        return new Exhibit(
                numbers,
                List.of(
                        chart(
                                "Keskar's sharpness where an epoch first came to 0.05",
                                "% of 1 + loss",
                                measured,
                                Place::keskar),
                        chart(
                                "largest eigenvalue where an epoch first came to 0.05",
                                "",
                                measured,
                                Place::eigenvalue)));
    }

    private static void add(
            List<Quantity> numbers, String name, String unit, List<Batches> measured, ToDoubleFunction<Place> number) {
        numbers.add(Quantity.of(name + ", batch 16", unit, measured, one -> Batches.of(one.small(), number)));
        numbers.add(Quantity.of(name + ", batch 256", unit, measured, one -> Batches.of(one.large(), number)));
    }

    private static Chart chart(String title, String unit, List<Batches> measured, ToDoubleFunction<Place> number) {
        List<Line> lines = new ArrayList<>();
        for (Batches one : measured) {
            boolean listed = one == measured.getFirst();
            lines.add(line("batch 16", one.small(), number, Line.Style.DOTS, Hue.BLUE, listed));
            lines.add(line("batch 256", one.large(), number, Line.Style.SQUARES, Hue.ORANGE, listed));
        }
        return new Chart(title, unit, "rate, one line for each seed", true, Chart.Fit.VALUES, lines);
    }

    private static Line line(
            String name,
            List<Place> places,
            ToDoubleFunction<Place> number,
            Line.Style style,
            Hue hue,
            boolean listed) {
        return new Line(name, Curve.of(places, Place::rate, number::applyAsDouble), style, hue.css(), listed);
    }
}
