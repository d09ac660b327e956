package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.AdaptivePaper.adEmaMix;
import static org.thalweg.optim.conformance.AdaptivePaper.adaBelief;
import static org.thalweg.optim.conformance.AdaptivePaper.adan;
import static org.thalweg.optim.conformance.AdaptivePaper.lion;
import static org.thalweg.optim.conformance.AdaptivePaper.progressOptimal;
import static org.thalweg.optim.conformance.AdaptivePaper.signum;
import static org.thalweg.optim.conformance.AdaptivePaper.yogi;
import static org.thalweg.optim.conformance.Conformance.row;
import static org.thalweg.optim.conformance.Descents.DECAY;
import static org.thalweg.optim.conformance.Descents.quadratic;
import static org.thalweg.optim.conformance.Extremes.SIGN;
import static org.thalweg.optim.conformance.Paper.descend;
import static org.thalweg.optim.conformance.PhasePaper.novoGrad;
import static org.thalweg.optim.conformance.PhasePaper.scheduleFree;
import static org.thalweg.optim.conformance.PhasePaper.scheduleFreeAdamW;
import static org.thalweg.optim.conformance.PhasePaper.swats;
import static org.thalweg.optim.conformance.Reach.ALL;
import static org.thalweg.optim.conformance.Reach.ELEMENT;
import static org.thalweg.optim.conformance.Reach.TENSOR;
import static org.thalweg.optim.conformance.Trajectory.paper;

import java.util.List;

/** The rows of the rules that came after Adam's own family. */
final class LaterRows {
    private LaterRows() {}

    static List<Conformance> rows() {
        return List.of(
                row(
                        "ada-belief",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.1, 200),
                        paper(0.01, adaBelief(0.9, 0.999, 1e-16).then(descend()))),
                row(
                        "ada-belief:beta2=0.99,epsilon=1e-4",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.05, 1000).logistic(0.2, 200),
                        paper(0.01, adaBelief(0.9, 0.99, 1e-4).then(descend()))),
                row(
                        "yogi",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.1, 3000).logistic(0.02, 200),
                        paper(0.01, yogi(0.9, 0.999, 1e-3, 1e-6).then(descend()))),
                row(
                        "yogi:beta2=0.9,initial=1",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(2, 1000).logistic(2, 200),
                        paper(0.01, yogi(0.9, 0.9, 1e-3, 1).then(descend()))),
                row(
                        "adan",
                        44,
                        ELEMENT,
                        quadratic(0.05, 500).rosenbrock(0.05, 1000).logistic(0.2, 200),
                        paper(0.01, adan(0.98, 0.92, 0.99, 1e-8, 0))),
                row(
                        "adan:decay=0.5",
                        44,
                        ELEMENT,
                        quadratic(0.05, 500)
                                .rosenbrock(0.005, 3000)
                                .logistic(0.1, 500)
                                .leaving(0.025, DECAY),
                        paper(0.01, adan(0.98, 0.92, 0.99, 1e-8, 0.5))),
                row(
                        "ad-ema-mix",
                        36,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(1, 1000).logistic(0.1, 200),
                        paper(0.01, adEmaMix(0.9, 0.999, 0.9999, 5, 1e-8).then(descend()))),
                row(
                        "ad-ema-mix:beta3=0.99,alpha=2",
                        36,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.2, 1000).logistic(0.05, 200),
                        paper(0.01, adEmaMix(0.9, 0.999, 0.99, 2, 1e-8).then(descend()))),
                row(
                                "lion",
                                20,
                                ELEMENT,
                                quadratic(0.02, 300).rosenbrock(0.02, 1000).logistic(0.1, 200),
                                paper(0.003, lion(0.9, 0.99).then(descend())))
                        .with(SIGN),
                row(
                                "lion:beta1=0.95,beta2=0.98",
                                20,
                                ELEMENT,
                                quadratic(0.02, 600).rosenbrock(0.01, 1000).logistic(0.1, 200),
                                paper(0.003, lion(0.95, 0.98).then(descend())))
                        .with(SIGN),
                row(
                                "signum",
                                20,
                                ELEMENT,
                                quadratic(0.02, 300).rosenbrock(0.01, 1000).logistic(0.02, 200),
                                paper(0.003, signum(0.9).then(descend())))
                        .with(SIGN),
                row(
                                "signum:beta=0",
                                20,
                                ELEMENT,
                                quadratic(0.02, 300).rosenbrock(1, 10000).logistic(2, 500),
                                paper(0.003, signum(0).then(descend())))
                        .with(SIGN),
                row(
                        "progress-optimal",
                        28,
                        ELEMENT,
                        quadratic(1, 300).rosenbrock(0.002, 100000).logistic(500, 1000),
                        paper(0.1, progressOptimal(10, 16, 1e-12, 0.01).then(descend()))),
                row(
                        "progress-optimal:k=3.5,lambda-b=4,epsilon=0.01,lambda-eta=0.1",
                        28,
                        ELEMENT,
                        quadratic(1, 300).rosenbrock(0.002, 30000).logistic(5, 200),
                        paper(0.1, progressOptimal(3.5, 4, 0.01, 0.1).then(descend()))),
                row(
                        "novo-grad",
                        24,
                        TENSOR,
                        quadratic(0.05, 300).rosenbrock(0.002, 1000).logistic(0.05, 200),
                        paper(0.01, novoGrad(0.95, 0.98, 1e-8, 0))),
                row(
                        "novo-grad:beta1=0.9,beta2=0.5,decay=0.1",
                        24,
                        TENSOR,
                        quadratic(0.05, 300).rosenbrock(0.001, 1000).logistic(0.02, 200),
                        paper(0.01, novoGrad(0.9, 0.5, 1e-8, 0.1))),
                row(
                        "schedule-free-sgd",
                        20,
                        ELEMENT,
                        quadratic(1, 300).rosenbrock(0.005, 3000).logistic(5, 200),
                        paper(0.02, scheduleFree(0.9))),
                row(
                        "schedule-free-sgd:beta=0.5",
                        20,
                        ELEMENT,
                        quadratic(1, 300).rosenbrock(0.005, 3000).logistic(2, 200),
                        paper(0.02, scheduleFree(0.5))),
                row(
                        "schedule-free-adamw",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(2, 1000).logistic(0.2, 200),
                        paper(0.01, scheduleFreeAdamW(0.9, 0.999, 1e-8, 0))),
                row(
                        "schedule-free-adamw:beta1=0.95,beta2=0.9,decay=0.1",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.05, 1000).logistic(0.1, 200),
                        paper(0.01, scheduleFreeAdamW(0.95, 0.9, 1e-8, 0.1))),
                row(
                        "swats",
                        36,
                        ALL,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.1, 200),
                        paper(0.01, swats(0.9, 0.999, 1e-9, 1e-9))),
                row(
                        "swats:beta2=0.9,settled=1e-4",
                        36,
                        ALL,
                        quadratic(0.1, 300).rosenbrock(0.5, 10000).logistic(0.05, 200),
                        paper(0.01, swats(0.9, 0.9, 1e-9, 1e-4))));
    }
}
