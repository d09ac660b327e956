package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.AdaptivePaper.adam;
import static org.thalweg.optim.conformance.Extremes.BOUNDED;
import static org.thalweg.optim.conformance.Paper.adaptiveClip;
import static org.thalweg.optim.conformance.Paper.addWeights;
import static org.thalweg.optim.conformance.Paper.addWeightsTimesRate;
import static org.thalweg.optim.conformance.Paper.centralize;
import static org.thalweg.optim.conformance.Paper.clipByGlobalNorm;
import static org.thalweg.optim.conformance.Paper.clipByNorm;
import static org.thalweg.optim.conformance.Paper.clipByValue;
import static org.thalweg.optim.conformance.Paper.descend;
import static org.thalweg.optim.conformance.Paper.larcClipped;
import static org.thalweg.optim.conformance.Paper.momentum;
import static org.thalweg.optim.conformance.Paper.momentumAveraged;
import static org.thalweg.optim.conformance.Paper.momentumRateInside;
import static org.thalweg.optim.conformance.Paper.nesterov;
import static org.thalweg.optim.conformance.Paper.subtract;
import static org.thalweg.optim.conformance.Paper.trustRatio;
import static org.thalweg.optim.conformance.Reach.ALL;
import static org.thalweg.optim.conformance.Reach.ELEMENT;
import static org.thalweg.optim.conformance.Reach.ROW;
import static org.thalweg.optim.conformance.Reach.TENSOR;
import static org.thalweg.optim.conformance.Trajectory.paper;
import static org.thalweg.optim.conformance.Trajectory.torch;

import java.util.List;
import java.util.stream.Stream;
import org.thalweg.optim.conformance.Trajectory.Oracle;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/**
 * One row for each ready rule, variant and composition: all that the tests know of it.
 *
 * @param rule what is tested
 * @param bytes moved for each parameter in one step
 * @param reach how far one element's gradient is felt
 * @param rate with which it converges on a quadratic, falling along a cosine
 * @param steps in which it then gets there
 * @param oracle where it must get to
 * @param extremes what becomes of infinities and of the smallest numbers
 * @param left how much of the way may then be left: a hundredth, unless the rule cannot go all of it
 */
record Conformance(
        Rule rule, int bytes, Reach reach, double rate, int steps, Oracle oracle, Extremes extremes, double left) {
    /** How near the kernels stay to the oracle, relative to the largest parameter so far, at least 1. */
    static final double TOLERANCE = 1e-6;

    private static final Paper LAMB = adam(0.9, 0.999, 1e-6)
            .then(addWeights(0.01))
            .then(trustRatio(1, 0, 0))
            .then(descend());
    private static final Paper LARS =
            trustRatio(0.001, 5e-4, 0).then(momentumRateInside(0.9)).then(subtract());

    static Conformance row(String rule, int bytes, Reach reach, double rate, int steps, Oracle oracle) {
        return new Conformance(Rules.parse(rule), bytes, reach, rate, steps, oracle, Extremes.FELT, 0.01);
    }

    Conformance with(Extremes extremes) {
        return new Conformance(rule, bytes, reach, rate, steps, oracle, extremes, left);
    }

    Conformance leaving(double left) {
        return new Conformance(rule, bytes, reach, rate, steps, oracle, extremes, left);
    }

    static List<Conformance> table() {
        return Stream.concat(rows().stream(), AdaptiveRows.rows().stream()).toList();
    }

    private static List<Conformance> rows() {
        return List.of(
                row("sgd", 12, ELEMENT, 0.5, 60, torch()),
                row("momentum", 20, ELEMENT, 0.05, 150, torch()),
                row("momentum:beta=0.5", 20, ELEMENT, 0.3, 60, torch()),
                row("momentum:dampening=0.1", 20, ELEMENT, 0.05, 150, torch()),
                row("momentum:dampening=0.9", 20, ELEMENT, 0.5, 150, torch()),
                row(
                        "momentum:form=rate-inside",
                        20,
                        ELEMENT,
                        0.05,
                        150,
                        paper(0.003, momentumRateInside(0.9).then(subtract()))),
                row(
                        "momentum:form=averaged",
                        20,
                        ELEMENT,
                        0.5,
                        150,
                        paper(0.02, momentumAveraged(0.9).then(descend()))),
                row("nesterov", 20, ELEMENT, 0.05, 150, torch()),
                row("nesterov:beta=0.95", 20, ELEMENT, 0.05, 300, torch()),
                row("lamb", 40, TENSOR, 0.1, 200, paper(0.01, LAMB)),
                row("lars", 28, TENSOR, 20, 300, paper(0.5, LARS)),
                row("l2", 12, ELEMENT, 0.5, 60, paper(0.02, addWeights(1e-4).then(descend()))),
                row("l2:decay=0.05 + sgd", 12, ELEMENT, 0.5, 60, torch()),
                row("l2:decay=0.01 + momentum:beta=0.8", 20, ELEMENT, 0.1, 150, torch()),
                row("l2:decay=0.05 + nesterov:beta=0.8", 20, ELEMENT, 0.1, 150, torch()),
                row("l2:decay=0.05 + adagrad", 20, ELEMENT, 1, 200, torch()),
                row("l2:decay=0.05 + rms-prop", 20, ELEMENT, 0.05, 300, torch()),
                row("l2:decay=0.05 + adam", 28, ELEMENT, 0.1, 300, torch()),
                row(
                        "weight-decay",
                        12,
                        ELEMENT,
                        0.5,
                        60,
                        paper(0.02, addWeights(0.01).then(descend()))),
                row(
                        "sgdw",
                        20,
                        ELEMENT,
                        0.05,
                        150,
                        paper(0.003, momentum(0.9).then(addWeights(5e-4)).then(descend()))),
                row("averaged-sgd", 20, ELEMENT, 0.5, 60, torch()),
                row("averaged-sgd:alpha=0.6,t0=10", 20, ELEMENT, 0.5, 60, torch()),
                row("l2:decay=0.01 + averaged-sgd:lambda=0.01,t0=20", 20, ELEMENT, 0.5, 60, torch()),
                row(
                        "momentum:form=rate-inside + weight-decay",
                        20,
                        ELEMENT,
                        0.05,
                        150,
                        paper(
                                0.003,
                                momentumRateInside(0.9)
                                        .then(addWeightsTimesRate(0.01))
                                        .then(subtract()))),
                row(
                        "trust-ratio",
                        20,
                        TENSOR,
                        0.1,
                        100,
                        paper(0.01, trustRatio(1, 0, 0).then(descend()))),
                row(
                        "trust-ratio:coefficient=0.02,decay=0.1,epsilon=0.5 + nesterov",
                        28,
                        TENSOR,
                        1,
                        300,
                        paper(
                                0.02,
                                trustRatio(0.02, 0.1, 0.5).then(nesterov(0.9)).then(descend()))),
                row(
                        "trust-ratio:lower=0.5,upper=2",
                        20,
                        TENSOR,
                        0.05,
                        300,
                        paper(0.01, trustRatio(1, 0, 0, 0.5, 2).then(descend()))),
                row(
                        "adam:epsilon=1e-6 + weight-decay + trust-ratio:upper=1.5",
                        40,
                        TENSOR,
                        0.1,
                        200,
                        paper(
                                0.01,
                                adam(0.9, 0.999, 1e-6)
                                        .then(addWeights(0.01))
                                        .then(trustRatio(1, 0, 0, 0, 1.5))
                                        .then(descend()))),
                row(
                        "larc",
                        20,
                        TENSOR,
                        0.5,
                        300,
                        paper(0.02, larcClipped(0.02, 1e-8).then(descend()))),
                row(
                        "larc:coefficient=0.1,epsilon=0 + momentum",
                        28,
                        TENSOR,
                        0.05,
                        300,
                        paper(0.1, larcClipped(0.1, 0).then(momentum(0.9)).then(descend()))),
                row(
                        "larc:mode=scale",
                        20,
                        TENSOR,
                        5,
                        300,
                        paper(0.5, trustRatio(0.02, 0, 1e-8).then(descend()))),
                row("centralize", 16, ROW, 0.5, 60, paper(0.02, centralize().then(descend())))
                        .leaving(0.03),
                row(
                                "centralize + momentum",
                                24,
                                ROW,
                                0.05,
                                150,
                                paper(0.003, centralize().then(momentum(0.9)).then(descend())))
                        .leaving(0.03),
                row(
                                "clip-by-value",
                                12,
                                ELEMENT,
                                0.5,
                                60,
                                paper(0.02, clipByValue(1).then(descend())))
                        .with(BOUNDED),
                row(
                                "clip-by-value:most=0.25 + momentum",
                                20,
                                ELEMENT,
                                0.05,
                                150,
                                paper(
                                        0.01,
                                        clipByValue(0.25).then(momentum(0.9)).then(descend())))
                        .with(BOUNDED),
                row(
                        "clip-by-norm",
                        16,
                        TENSOR,
                        0.5,
                        60,
                        paper(0.1, clipByNorm(1).then(descend()))),
                row(
                        "clip-by-norm:max-norm=0.5 + adam",
                        32,
                        TENSOR,
                        0.1,
                        300,
                        paper(0.01, clipByNorm(0.5).then(adam(0.9, 0.999, 1e-8)).then(descend()))),
                row(
                        "clip-by-global-norm",
                        16,
                        ALL,
                        1,
                        200,
                        paper(0.1, clipByGlobalNorm(1, 1e-6).then(descend()))),
                row(
                        "clip-by-global-norm:max-norm=0.5 + adam",
                        32,
                        ALL,
                        0.1,
                        300,
                        paper(
                                0.01,
                                clipByGlobalNorm(0.5, 1e-6)
                                        .then(adam(0.9, 0.999, 1e-8))
                                        .then(descend()))),
                row(
                        "clip-by-global-norm:max-norm=2 + lamb",
                        48,
                        ALL,
                        0.1,
                        200,
                        paper(0.01, clipByGlobalNorm(2, 1e-6).then(LAMB))),
                row(
                        "adam + clip-by-global-norm:max-norm=0.1",
                        36,
                        ALL,
                        1,
                        300,
                        paper(
                                0.1,
                                adam(0.9, 0.999, 1e-8)
                                        .then(clipByGlobalNorm(0.1, 1e-6))
                                        .then(descend()))),
                row(
                        "adaptive-gradient-clip",
                        20,
                        ROW,
                        10,
                        150,
                        paper(0.5, adaptiveClip(0.01, 1e-3).then(descend()))),
                row(
                        "adaptive-gradient-clip:threshold=0.1 + momentum",
                        28,
                        ROW,
                        0.5,
                        300,
                        paper(0.02, adaptiveClip(0.1, 1e-3).then(momentum(0.9)).then(descend()))),
                row(
                        "adaptive-gradient-clip:threshold=0.1 + lars",
                        32,
                        TENSOR,
                        20,
                        300,
                        paper(0.5, adaptiveClip(0.1, 1e-3).then(LARS))));
    }

    @Override
    public String toString() {
        return Rules.format(rule);
    }
}
