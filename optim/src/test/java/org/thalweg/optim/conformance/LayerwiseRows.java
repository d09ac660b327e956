package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.AdaptivePaper.adam;
import static org.thalweg.optim.conformance.Conformance.row;
import static org.thalweg.optim.conformance.Descents.DECAY;
import static org.thalweg.optim.conformance.Descents.quadratic;
import static org.thalweg.optim.conformance.Extremes.BOUNDED;
import static org.thalweg.optim.conformance.Paper.adaptiveClip;
import static org.thalweg.optim.conformance.Paper.addWeights;
import static org.thalweg.optim.conformance.Paper.centralize;
import static org.thalweg.optim.conformance.Paper.clipByGlobalNorm;
import static org.thalweg.optim.conformance.Paper.clipByNorm;
import static org.thalweg.optim.conformance.Paper.clipByValue;
import static org.thalweg.optim.conformance.Paper.descend;
import static org.thalweg.optim.conformance.Paper.larcClipped;
import static org.thalweg.optim.conformance.Paper.momentum;
import static org.thalweg.optim.conformance.Paper.momentumRateInside;
import static org.thalweg.optim.conformance.Paper.nesterov;
import static org.thalweg.optim.conformance.Paper.subtract;
import static org.thalweg.optim.conformance.Paper.trustRatio;
import static org.thalweg.optim.conformance.Reach.ALL;
import static org.thalweg.optim.conformance.Reach.ELEMENT;
import static org.thalweg.optim.conformance.Reach.ROW;
import static org.thalweg.optim.conformance.Reach.TENSOR;
import static org.thalweg.optim.conformance.Trajectory.paper;

import java.util.List;

/** The rows of the rules and transforms that measure or bound tensors, rows, or all together. */
final class LayerwiseRows {
    private static final Paper LAMB = adam(0.9, 0.999, 1e-6)
            .then(addWeights(0.01))
            .then(trustRatio(1, 0, 0))
            .then(descend());
    private static final Paper LARS =
            trustRatio(0.001, 5e-4, 0).then(momentumRateInside(0.9)).then(subtract());

    private LayerwiseRows() {}

    static List<Conformance> rows() {
        return List.of(
                row(
                        "lamb",
                        40,
                        TENSOR,
                        quadratic(0.1, 200).rosenbrock(0.005, 10000).logistic(0.02, 200),
                        paper(0.01, LAMB)),
                row("lars", 28, TENSOR, quadratic(20, 300).rosenbrock(5, 1000).logistic(5, 200), paper(0.5, LARS)),
                row(
                        "trust-ratio",
                        20,
                        TENSOR,
                        quadratic(0.1, 100).rosenbrock(0.1, 1000).logistic(0.05, 200),
                        paper(0.01, trustRatio(1, 0, 0).then(descend()))),
                row(
                        "trust-ratio:coefficient=0.02,decay=0.1,epsilon=0.5 + nesterov",
                        28,
                        TENSOR,
                        quadratic(1, 300)
                                .rosenbrock(0.2, 3000)
                                .leaving(0.13, DECAY)
                                .logistic(0.5, 200)
                                .leaving(0.12, DECAY),
                        paper(
                                0.02,
                                trustRatio(0.02, 0.1, 0.5).then(nesterov(0.9)).then(descend()))),
                row(
                        "trust-ratio:lower=0.5,upper=2",
                        20,
                        TENSOR,
                        quadratic(0.05, 300).rosenbrock(0.05, 1000).logistic(0.1, 200),
                        paper(0.01, trustRatio(1, 0, 0, 0.5, 2).then(descend()))),
                row(
                        "adam:epsilon=1e-6 + weight-decay + trust-ratio:upper=1.5",
                        40,
                        TENSOR,
                        quadratic(0.1, 200).rosenbrock(0.005, 10000).logistic(0.05, 200),
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
                        quadratic(0.5, 300).rosenbrock(500, 3000).logistic(100, 200),
                        paper(0.02, larcClipped(0.02, 1e-8).then(descend()))),
                row(
                        "larc:coefficient=0.1,epsilon=0 + momentum",
                        28,
                        TENSOR,
                        quadratic(0.05, 300).rosenbrock(0.002, 1000).logistic(0.2, 200),
                        paper(0.1, larcClipped(0.1, 0).then(momentum(0.9)).then(descend()))),
                row(
                        "larc:mode=scale",
                        20,
                        TENSOR,
                        quadratic(5, 300).rosenbrock(5, 1000).logistic(5, 200),
                        paper(0.5, trustRatio(0.02, 0, 1e-8).then(descend()))),
                row(
                        "centralize",
                        16,
                        ROW,
                        quadratic(0.5, 60)
                                .leaving(0.03, "the means of rows stay")
                                .rosenbrock(0.002, 10000)
                                .logistic(2, 200),
                        paper(0.02, centralize().then(descend()))),
                row(
                        "centralize + momentum",
                        24,
                        ROW,
                        quadratic(0.05, 150)
                                .leaving(0.03, "the means of rows stay")
                                .rosenbrock(0.002, 1000)
                                .logistic(0.2, 200),
                        paper(0.003, centralize().then(momentum(0.9)).then(descend()))),
                row(
                                "clip-by-value",
                                12,
                                ELEMENT,
                                quadratic(0.5, 60).rosenbrock(0.002, 10000).logistic(2, 200),
                                paper(0.02, clipByValue(1).then(descend())))
                        .with(BOUNDED),
                row(
                                "clip-by-value:most=0.25 + momentum",
                                20,
                                ELEMENT,
                                quadratic(0.05, 150).rosenbrock(0.005, 1000).logistic(0.2, 200),
                                paper(
                                        0.01,
                                        clipByValue(0.25).then(momentum(0.9)).then(descend())))
                        .with(BOUNDED),
                row(
                        "clip-by-norm",
                        16,
                        TENSOR,
                        quadratic(0.5, 60).rosenbrock(0.5, 3000).logistic(2, 200),
                        paper(0.1, clipByNorm(1).then(descend()))),
                row(
                        "clip-by-norm:max-norm=0.5 + adam",
                        32,
                        TENSOR,
                        quadratic(0.1, 300).rosenbrock(0.01, 1000).logistic(0.1, 200),
                        paper(0.01, clipByNorm(0.5).then(adam(0.9, 0.999, 1e-8)).then(descend()))),
                row(
                        "clip-by-global-norm",
                        16,
                        ALL,
                        quadratic(1, 200).rosenbrock(0.5, 3000).logistic(2, 200),
                        paper(0.1, clipByGlobalNorm(1, 1e-6).then(descend()))),
                row(
                        "clip-by-global-norm:max-norm=0.5 + adam",
                        32,
                        ALL,
                        quadratic(0.1, 300).rosenbrock(0.01, 1000).logistic(0.1, 200),
                        paper(
                                0.01,
                                clipByGlobalNorm(0.5, 1e-6)
                                        .then(adam(0.9, 0.999, 1e-8))
                                        .then(descend()))),
                row(
                        "clip-by-global-norm:max-norm=2 + lamb",
                        48,
                        ALL,
                        quadratic(0.1, 200).rosenbrock(0.05, 1000).logistic(0.02, 200),
                        paper(0.01, clipByGlobalNorm(2, 1e-6).then(LAMB))),
                row(
                        "adam + clip-by-global-norm:max-norm=0.1",
                        36,
                        ALL,
                        quadratic(1, 300).rosenbrock(0.5, 1000).logistic(0.5, 200),
                        paper(
                                0.1,
                                adam(0.9, 0.999, 1e-8)
                                        .then(clipByGlobalNorm(0.1, 1e-6))
                                        .then(descend()))),
                row(
                        "adaptive-gradient-clip",
                        20,
                        ROW,
                        quadratic(10, 150).rosenbrock(10, 1000).logistic(5, 200),
                        paper(0.5, adaptiveClip(0.01, 1e-3).then(descend()))),
                row(
                        "adaptive-gradient-clip:threshold=0.1 + momentum",
                        28,
                        ROW,
                        quadratic(0.5, 300).rosenbrock(0.05, 1000).logistic(0.2, 200),
                        paper(0.02, adaptiveClip(0.1, 1e-3).then(momentum(0.9)).then(descend()))),
                row(
                        "adaptive-gradient-clip:threshold=0.1 + lars",
                        32,
                        TENSOR,
                        quadratic(20, 300).rosenbrock(5, 1000).logistic(5, 200),
                        paper(0.5, adaptiveClip(0.1, 1e-3).then(LARS))));
    }
}
