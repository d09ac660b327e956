package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.AdaptivePaper.adam;
import static org.thalweg.optim.conformance.Conformance.row;
import static org.thalweg.optim.conformance.Descents.quadratic;
import static org.thalweg.optim.conformance.NoisePaper.gradientNoise;
import static org.thalweg.optim.conformance.NoisePaper.langevin;
import static org.thalweg.optim.conformance.NoisePaper.langevinTimesRate;
import static org.thalweg.optim.conformance.NoisePaper.perturbed;
import static org.thalweg.optim.conformance.Paper.clipByGlobalNorm;
import static org.thalweg.optim.conformance.Paper.descend;
import static org.thalweg.optim.conformance.Paper.momentumRateInside;
import static org.thalweg.optim.conformance.Paper.subtract;
import static org.thalweg.optim.conformance.Reach.ALL;
import static org.thalweg.optim.conformance.Reach.ELEMENT;
import static org.thalweg.optim.conformance.Trajectory.paper;

import java.util.List;

/** The rows of the rules that add noise. */
final class NoiseRows {
    private static final String NOISE = "noise does not fade as fast as the rate";

    private NoiseRows() {}

    static List<Conformance> rows() {
        return List.of(
                row(
                        "langevin",
                        12,
                        ELEMENT,
                        quadratic(0.5, 60)
                                .leaving(0.05, NOISE)
                                .rosenbrock(2e-3, 30_000)
                                .leaving(0.5, NOISE)
                                .logistic(2, 200)
                                .leaving(0.1, NOISE),
                        paper(0.02, langevin(1e-4, 0).then(descend()))),
                row(
                        "langevin:temperature=0.01,seed=-3",
                        12,
                        ELEMENT,
                        quadratic(0.5, 60)
                                .leaving(0.5, NOISE)
                                .rosenbrock(2e-3, 30_000)
                                .leaving(0.9, NOISE)
                                .logistic(2, 200)
                                .leaving(0.9, NOISE),
                        paper(0.02, langevin(0.01, -3).then(descend()))),
                row(
                        "momentum:form=rate-inside + langevin:temperature=1e-6,seed=8",
                        20,
                        ELEMENT,
                        quadratic(0.05, 150)
                                .rosenbrock(1e-3, 3000)
                                .logistic(0.2, 200)
                                .leaving(0.05, NOISE),
                        paper(
                                0.003,
                                momentumRateInside(0.9)
                                        .then(langevinTimesRate(1e-6, 8))
                                        .then(subtract()))),
                row(
                        "perturbed-gradient",
                        16,
                        ALL,
                        quadratic(0.5, 60).rosenbrock(2e-3, 30_000).logistic(2, 200),
                        paper(0.02, perturbed(1e-3, 1e-2, 50, 0).then(descend()))),
                row(
                        "perturbed-gradient:threshold=1e6,radius=2,pause=3,seed=5",
                        16,
                        ALL,
                        quadratic(0.5, 60)
                                .leaving(0.1, NOISE)
                                .rosenbrock(2e-3, 30_000)
                                .leaving(0.2, NOISE)
                                .logistic(2, 200)
                                .leaving(0.5, NOISE),
                        paper(0.02, perturbed(1e6, 2, 3, 5).then(descend()))),
                row(
                        "gradient-noise",
                        12,
                        ELEMENT,
                        quadratic(0.5, 60)
                                .leaving(0.03, NOISE)
                                .rosenbrock(2e-3, 30_000)
                                .logistic(2, 200)
                                .leaving(0.1, NOISE),
                        paper(0.02, gradientNoise(0.01, 0.55, 0, 0).then(descend()))),
                row(
                        "langevin:seed=1 + gradient-noise:eta=1,gamma=2,seed=1 + adam",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300)
                                .leaving(0.1, NOISE)
                                .rosenbrock(0.1, 3000)
                                .leaving(0.5, NOISE)
                                .logistic(0.1, 200)
                                .leaving(0.3, NOISE),
                        paper(
                                0.01,
                                langevin(1e-4, 1)
                                        .then(gradientNoise(1, 2, 1, 1))
                                        .then(adam(0.9, 0.999, 1e-8))
                                        .then(descend()))),
                row(
                        "gradient-noise + clip-by-global-norm",
                        16,
                        ALL,
                        quadratic(1, 200)
                                .leaving(0.03, NOISE)
                                .rosenbrock(2e-2, 30_000)
                                .logistic(2, 200)
                                .leaving(0.1, NOISE),
                        paper(
                                0.1,
                                gradientNoise(0.01, 0.55, 0, 0)
                                        .then(clipByGlobalNorm(1, 1e-6))
                                        .then(descend()))));
    }
}
