package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Exhibit;
import org.thalweg.lab.claim.Quantities;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Statement.Quote;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Verdict;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.statistics.PowerLaw;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;

/** The steps of gradient descent grow like the condition number. */
public final class C02ConditionNumber implements Claim<C02ConditionNumber.Steps> {
    private static final double EXPONENT = 0.1;

    private static final double LOOSE_EXPONENT = 0.25;

    /**
     * What one seed measures.
     *
     * @param condition numbers, ascending
     * @param steps until the value is a millionth of the first one, for each
     */
    public record Steps(List<Double> condition, List<Double> steps) {
        double exponent() {
            return law().exponent();
        }

        PowerLaw law() {
            return PowerLaw.fitted(
                    condition.stream().mapToDouble(Double::doubleValue).toArray(),
                    steps.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    @Override
    public Statement statement() {
        return new Statement(
                "C02",
                "A large condition number slows gradient descent: its steps grow like the condition number",
                List.of(new Quote("NTU CE7454", "“A large condition number leads to slow convergence for GD.”")),
                """
                kappa = largest / smallest eigenvalue of the Hessian
                steps to a millionth of the first loss ~ kappa^slope, slope = 1\
                """,
                """
                Quadratic bowls in 10 dimensions, eigenvalues in equal factors from 1 to kappa, turned by 30 degrees in each \
                plane; kappa = 10, 30, 100, ..., 10,000.
                Gradient descent at the best constant rate, 2 / (1 + kappa), from a point between 0.5 and 1.5 away along each \
                eigenvector.
                Each seed draws other signs and sizes.\
                """,
                """
                The slope of steps over kappa on logarithmic axes, of every seed, is from 0.9 to 1.1: holds; from 0.75 to 1.25: holds \
                within limits; else it does not hold here.\
                """);
    }

    @Override
    public Class<Steps> measurement() {
        return Steps.class;
    }

    @Override
    public int seeds() {
        return 5;
    }

    @Override
    public Steps measure(Trial trial) {
        List<Double> conditions = Bowls.conditions(trial);
        List<Double> steps = new ArrayList<>();
        for (double condition : conditions) {
            trial.says("kappa %,.0f".formatted(condition));
            steps.add((double) Bowls.steps(condition, trial.seed(), new RatedRule(new Sgd(), 2 / (1 + condition))));
        }
        return new Steps(conditions, steps);
    }

    @Override
    public Verdict judge(List<Steps> measured) {
        double least = measured.stream().mapToDouble(Steps::exponent).min().orElseThrow();
        double most = measured.stream().mapToDouble(Steps::exponent).max().orElseThrow();
        double off = Math.max(Math.abs(least - 1), Math.abs(most - 1));
        String seen = "steps grow like kappa to the power of %.3f to %.3f".formatted(least, most);
        if (off <= EXPONENT) {
            return Verdict.holds(seen);
        }
        return off <= LOOSE_EXPONENT
                ? Verdict.withinLimits("%s: nearly, but not exactly, like kappa", seen)
                : Verdict.notHere(seen);
    }

    @Override
    public Exhibit exhibit(List<Steps> measured) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Steps one = measured.get(i);
            Curve curve = Curve.of(
                    IntStream.range(0, one.steps().size()).boxed().toList(), one.condition()::get, one.steps()::get);
            lines.add(new Line("measured", curve, Line.Style.DOTS, Hue.BLUE.css(), i == 0));
        }
        PowerLaw law = measured.getFirst().law();
        List<Double> conditions = measured.getFirst().condition();
        Curve proportional = Curve.of(
                conditions, kappa -> kappa, kappa -> law.at(conditions.getFirst()) * kappa / conditions.getFirst());
        lines.add(new Line("in proportion to kappa", proportional, Line.Style.DASHED, Hue.ORANGE.css()));
        return new Exhibit(
                Quantities.of(measured)
                        .and("slope of steps over kappa", "", Steps::exponent)
                        .and(
                                "steps at the largest kappa",
                                "steps",
                                one -> one.steps().getLast())
                        .list(),
                List.of(new Chart(
                        "steps to a millionth of the first loss", "steps", "kappa", true, Chart.Fit.VALUES, lines)));
    }
}
