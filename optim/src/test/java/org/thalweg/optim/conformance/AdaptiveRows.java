package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.AdaptivePaper.adEmaMix;
import static org.thalweg.optim.conformance.AdaptivePaper.adaBelief;
import static org.thalweg.optim.conformance.AdaptivePaper.adam;
import static org.thalweg.optim.conformance.AdaptivePaper.adamSimplified;
import static org.thalweg.optim.conformance.AdaptivePaper.adamUncorrected;
import static org.thalweg.optim.conformance.AdaptivePaper.adan;
import static org.thalweg.optim.conformance.AdaptivePaper.lion;
import static org.thalweg.optim.conformance.AdaptivePaper.nadam;
import static org.thalweg.optim.conformance.AdaptivePaper.progressOptimal;
import static org.thalweg.optim.conformance.AdaptivePaper.rmsProp;
import static org.thalweg.optim.conformance.AdaptivePaper.signum;
import static org.thalweg.optim.conformance.AdaptivePaper.yogi;
import static org.thalweg.optim.conformance.Conformance.row;
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
import static org.thalweg.optim.conformance.Trajectory.torch;

import java.util.List;

/** The rows of the rules that give each element a rate of its own. */
final class AdaptiveRows {
    private AdaptiveRows() {}

    static List<Conformance> rows() {
        return List.of(
                row("adagrad", 20, ELEMENT, 1, 200, torch()),
                row("adagrad:initial=0.1", 20, ELEMENT, 1, 200, torch()),
                row("adagrad:epsilon=0.001,initial=1", 20, ELEMENT, 1, 200, torch()),
                row("rms-prop", 20, ELEMENT, 0.05, 300, torch()),
                row("rms-prop:alpha=0.9,epsilon=0.001", 20, ELEMENT, 0.05, 300, torch()),
                row("rms-prop:centered=true", 28, ELEMENT, 0.05, 300, torch()),
                row("rms-prop:alpha=0.9,epsilon=1e-4,centered=true", 28, ELEMENT, 0.02, 300, torch()),
                row("rms-prop:momentum=0.9", 28, ELEMENT, 0.01, 300, torch()),
                row("rms-prop:alpha=0.95,momentum=0.8", 28, ELEMENT, 0.01, 300, torch()),
                row("rms-prop:epsilon=1e-6,momentum=0.9,centered=true", 36, ELEMENT, 0.01, 300, torch()),
                row(
                        "rms-prop:epsilon-place=inside-root",
                        20,
                        ELEMENT,
                        0.05,
                        300,
                        paper(0.01, rmsProp(0.99, h -> Math.sqrt(h + 1e-8)).then(descend()))),
                row(
                        "rms-prop:epsilon=0.1,epsilon-place=inside-root",
                        20,
                        ELEMENT,
                        0.05,
                        300,
                        paper(0.01, rmsProp(0.99, h -> Math.sqrt(h + 0.1)).then(descend()))),
                row("adam", 28, ELEMENT, 0.1, 300, torch()),
                row("adam:beta1=0.8,beta2=0.99", 28, ELEMENT, 0.1, 300, torch()),
                row("adam:beta1=0.5,beta2=0.9,epsilon=0.001", 28, ELEMENT, 0.1, 300, torch()),
                row("adam:beta1=0,epsilon=1e-6", 28, ELEMENT, 0.1, 300, torch()),
                row("adam:beta2=0.95,epsilon=1e-6", 28, ELEMENT, 0.1, 300, torch()),
                row(
                        "adam:bias-correction=none",
                        28,
                        ELEMENT,
                        0.02,
                        300,
                        paper(0.01, adamUncorrected(0.9, 0.999, 1e-8).then(descend()))),
                row(
                        "adam:bias-correction=running-mean",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adamSimplified(10, 1000, 1e-8).then(descend()))),
                row(
                        "adam:beta1=0.8,beta2=0.95,bias-correction=running-mean",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adamSimplified(5, 20, 1e-8).then(descend()))),
                row(
                        "adam:epsilon-place=inside-root",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adam(0.9, 0.999, v -> Math.sqrt(v + 1e-8)).then(descend()))),
                row(
                        "adam:epsilon=0.01,epsilon-place=inside-root",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adam(0.9, 0.999, v -> Math.sqrt(v + 0.01)).then(descend()))),
                row("adamw", 28, ELEMENT, 0.1, 300, torch()),
                row("adamw:decay=0.5", 28, ELEMENT, 0.1, 300, torch()),
                row("adamw:decay=0", 28, ELEMENT, 0.1, 300, torch()),
                row("adamw:beta2=0.95,epsilon=1e-6,decay=0.1", 28, ELEMENT, 0.1, 300, torch()),
                row("ams-grad", 36, ELEMENT, 0.1, 300, torch()),
                row("ams-grad:beta1=0.8,beta2=0.9,epsilon=1e-4", 36, ELEMENT, 0.1, 300, torch()),
                row("ams-grad + weight-decay:decay=0.1", 36, ELEMENT, 0.1, 300, torch()),
                row("ada-max", 28, ELEMENT, 0.1, 300, torch()),
                row("ada-max:beta1=0.8,beta2=0.9,epsilon=1e-4", 28, ELEMENT, 0.1, 300, torch()),
                row("adadelta", 28, ELEMENT, 20, 300, torch()),
                row("adadelta:rho=0.95,epsilon=0.001", 28, ELEMENT, 2, 300, torch()),
                row("radam", 28, ELEMENT, 0.1, 300, torch()),
                row("radam:beta1=0.8,beta2=0.9,epsilon=1e-4", 28, ELEMENT, 0.1, 300, torch()),
                row(
                        "nadam",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, nadam(0.9, 0.999, 1e-8, 4e-3, 0).then(descend()))),
                row(
                        "nadam:beta1=0.8,beta2=0.99,epsilon=1e-4,psi=0.02",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, nadam(0.8, 0.99, 1e-4, 0.02, 0).then(descend()))),
                row(
                        "ada-belief",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adaBelief(0.9, 0.999, 1e-16).then(descend()))),
                row(
                        "ada-belief:beta2=0.99,epsilon=1e-4",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adaBelief(0.9, 0.99, 1e-4).then(descend()))),
                row(
                        "yogi",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, yogi(0.9, 0.999, 1e-3, 1e-6).then(descend()))),
                row(
                        "yogi:beta2=0.9,initial=1",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, yogi(0.9, 0.9, 1e-3, 1).then(descend()))),
                row("adan", 44, ELEMENT, 0.05, 500, paper(0.01, adan(0.98, 0.92, 0.99, 1e-8, 0))),
                row("adan:decay=0.5", 44, ELEMENT, 0.05, 500, paper(0.01, adan(0.98, 0.92, 0.99, 1e-8, 0.5))),
                row(
                        "ad-ema-mix",
                        36,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adEmaMix(0.9, 0.999, 0.9999, 5, 1e-8).then(descend()))),
                row(
                        "ad-ema-mix:beta3=0.99,alpha=2",
                        36,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, adEmaMix(0.9, 0.999, 0.99, 2, 1e-8).then(descend()))),
                row("lion", 20, ELEMENT, 0.02, 300, paper(0.003, lion(0.9, 0.99).then(descend())))
                        .with(SIGN),
                row(
                                "lion:beta1=0.95,beta2=0.98",
                                20,
                                ELEMENT,
                                0.02,
                                600,
                                paper(0.003, lion(0.95, 0.98).then(descend())))
                        .with(SIGN),
                row("signum", 20, ELEMENT, 0.02, 300, paper(0.003, signum(0.9).then(descend())))
                        .with(SIGN),
                row(
                                "signum:beta=0",
                                20,
                                ELEMENT,
                                0.02,
                                300,
                                paper(0.003, signum(0).then(descend())))
                        .with(SIGN),
                row(
                        "progress-optimal",
                        28,
                        ELEMENT,
                        1,
                        300,
                        paper(0.1, progressOptimal(10, 16, 1e-12, 0.01).then(descend()))),
                row(
                        "progress-optimal:k=3.5,lambda-b=4,epsilon=0.01,lambda-eta=0.1",
                        28,
                        ELEMENT,
                        1,
                        300,
                        paper(0.1, progressOptimal(3.5, 4, 0.01, 0.1).then(descend()))),
                row("novo-grad", 24, TENSOR, 0.05, 300, paper(0.01, novoGrad(0.95, 0.98, 1e-8, 0))),
                row(
                        "novo-grad:beta1=0.9,beta2=0.5,decay=0.1",
                        24,
                        TENSOR,
                        0.05,
                        300,
                        paper(0.01, novoGrad(0.9, 0.5, 1e-8, 0.1))),
                row("schedule-free-sgd", 20, ELEMENT, 1, 300, paper(0.02, scheduleFree(0.9))),
                row("schedule-free-sgd:beta=0.5", 20, ELEMENT, 1, 300, paper(0.02, scheduleFree(0.5))),
                row("schedule-free-adamw", 28, ELEMENT, 0.1, 300, paper(0.01, scheduleFreeAdamW(0.9, 0.999, 1e-8, 0))),
                row(
                        "schedule-free-adamw:beta1=0.95,beta2=0.9,decay=0.1",
                        28,
                        ELEMENT,
                        0.1,
                        300,
                        paper(0.01, scheduleFreeAdamW(0.95, 0.9, 1e-8, 0.1))),
                row("swats", 36, ALL, 0.1, 300, paper(0.01, swats(0.9, 0.999, 1e-9, 1e-9))),
                row("swats:beta2=0.9,settled=1e-4", 36, ALL, 0.1, 300, paper(0.01, swats(0.9, 0.9, 1e-9, 1e-4))));
    }
}
