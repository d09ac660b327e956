package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.AdaptivePaper.adam;
import static org.thalweg.optim.conformance.AdaptivePaper.adamSimplified;
import static org.thalweg.optim.conformance.AdaptivePaper.adamUncorrected;
import static org.thalweg.optim.conformance.AdaptivePaper.nadam;
import static org.thalweg.optim.conformance.AdaptivePaper.rmsProp;
import static org.thalweg.optim.conformance.Conformance.row;
import static org.thalweg.optim.conformance.Descents.DECAY;
import static org.thalweg.optim.conformance.Descents.quadratic;
import static org.thalweg.optim.conformance.Paper.descend;
import static org.thalweg.optim.conformance.Reach.ELEMENT;
import static org.thalweg.optim.conformance.Trajectory.paper;
import static org.thalweg.optim.conformance.Trajectory.torch;

import java.util.List;

/** The rows of the rules that give each element a rate of its own. */
final class AdaptiveRows {
    private AdaptiveRows() {}

    static List<Conformance> rows() {
        return List.of(
                row(
                        "adagrad",
                        20,
                        ELEMENT,
                        quadratic(1, 200).rosenbrock(1, 10000).logistic(0.5, 200),
                        torch()),
                row(
                        "adagrad:initial=0.1",
                        20,
                        ELEMENT,
                        quadratic(1, 200).rosenbrock(1, 10000).logistic(1, 200),
                        torch()),
                row(
                        "adagrad:epsilon=0.001,initial=1",
                        20,
                        ELEMENT,
                        quadratic(1, 200).rosenbrock(1, 10000).logistic(2, 200),
                        torch()),
                row(
                        "rms-prop",
                        20,
                        ELEMENT,
                        quadratic(0.05, 300).rosenbrock(0.2, 1000).logistic(0.05, 200),
                        torch()),
                row(
                        "rms-prop:alpha=0.9,epsilon=0.001",
                        20,
                        ELEMENT,
                        quadratic(0.05, 300).rosenbrock(0.01, 3000).logistic(0.05, 200),
                        torch()),
                row(
                        "rms-prop:centered=true",
                        28,
                        ELEMENT,
                        quadratic(0.05, 300).rosenbrock(0.2, 1000).logistic(0.05, 200),
                        torch()),
                row(
                        "rms-prop:alpha=0.9,epsilon=1e-4,centered=true",
                        28,
                        ELEMENT,
                        quadratic(0.02, 300).rosenbrock(0.005, 3000).logistic(0.05, 200),
                        torch()),
                row(
                        "rms-prop:momentum=0.9",
                        28,
                        ELEMENT,
                        quadratic(0.01, 300).rosenbrock(0.01, 1000).logistic(0.005, 200),
                        torch()),
                row(
                        "rms-prop:alpha=0.95,momentum=0.8",
                        28,
                        ELEMENT,
                        quadratic(0.01, 300).rosenbrock(0.002, 1000).logistic(0.01, 200),
                        torch()),
                row(
                        "rms-prop:epsilon=1e-6,momentum=0.9,centered=true",
                        36,
                        ELEMENT,
                        quadratic(0.01, 300).rosenbrock(0.01, 1000).logistic(0.005, 200),
                        torch()),
                row(
                        "rms-prop:epsilon-place=inside-root",
                        20,
                        ELEMENT,
                        quadratic(0.05, 300).rosenbrock(0.2, 1000).logistic(0.05, 200),
                        paper(0.01, rmsProp(0.99, h -> Math.sqrt(h + 1e-8)).then(descend()))),
                row(
                        "rms-prop:epsilon=0.1,epsilon-place=inside-root",
                        20,
                        ELEMENT,
                        quadratic(0.05, 300).rosenbrock(0.2, 1000).logistic(0.5, 200),
                        paper(0.01, rmsProp(0.99, h -> Math.sqrt(h + 0.1)).then(descend()))),
                row(
                        "adam",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.1, 200),
                        torch()),
                row(
                        "adam:beta1=0.8,beta2=0.99",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.05, 1000).logistic(0.1, 200),
                        torch()),
                row(
                        "adam:beta1=0.5,beta2=0.9,epsilon=0.001",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.02, 1000).logistic(0.05, 200),
                        torch()),
                row(
                        "adam:beta1=0,epsilon=1e-6",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 3000).logistic(0.1, 200),
                        torch()),
                row(
                        "adam:beta2=0.95,epsilon=1e-6",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.01, 1000).logistic(0.05, 200),
                        torch()),
                row(
                        "adam:bias-correction=none",
                        28,
                        ELEMENT,
                        quadratic(0.02, 300).rosenbrock(0.2, 1000).logistic(0.02, 200),
                        paper(0.01, adamUncorrected(0.9, 0.999, 1e-8).then(descend()))),
                row(
                        "adam:bias-correction=running-mean",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.1, 200),
                        paper(0.01, adamSimplified(10, 1000, 1e-8).then(descend()))),
                row(
                        "adam:beta1=0.8,beta2=0.95,bias-correction=running-mean",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.01, 1000).logistic(0.05, 200),
                        paper(0.01, adamSimplified(5, 20, 1e-8).then(descend()))),
                row(
                        "adam:epsilon-place=inside-root",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.1, 200),
                        paper(0.01, adam(0.9, 0.999, v -> Math.sqrt(v + 1e-8)).then(descend()))),
                row(
                        "adam:epsilon=0.01,epsilon-place=inside-root",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.2, 200),
                        paper(0.01, adam(0.9, 0.999, v -> Math.sqrt(v + 0.01)).then(descend()))),
                row(
                        "adamw",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.005, 10000).logistic(0.1, 200),
                        torch()),
                row(
                        "adamw:decay=0.5",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300)
                                .rosenbrock(0.05, 10000)
                                .leaving(0.09, DECAY)
                                .logistic(0.2, 1000),
                        torch()),
                row(
                        "adamw:decay=0",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.1, 200),
                        torch()),
                row(
                        "adamw:beta2=0.95,epsilon=1e-6,decay=0.1",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.01, 1000).logistic(0.05, 200),
                        torch()),
                row(
                        "ams-grad",
                        36,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 1000).logistic(0.1, 200),
                        torch()),
                row(
                        "ams-grad:beta1=0.8,beta2=0.9,epsilon=1e-4",
                        36,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(1, 3000).logistic(0.2, 200),
                        torch()),
                row(
                        "ams-grad + weight-decay:decay=0.1",
                        36,
                        ELEMENT,
                        quadratic(0.1, 300)
                                .rosenbrock(0.1, 10000)
                                .leaving(0.4, "decay is strong beside what is divided by the largest gradient")
                                .logistic(0.1, 200),
                        torch()),
                row(
                        "ada-max",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.5, 3000).logistic(0.5, 200),
                        torch()),
                row(
                        "ada-max:beta1=0.8,beta2=0.9,epsilon=1e-4",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.01, 1000).logistic(0.05, 200),
                        torch()),
                row(
                        "adadelta",
                        28,
                        ELEMENT,
                        quadratic(20, 300).rosenbrock(0.05, 10000).logistic(20, 200),
                        torch()),
                row(
                        "adadelta:rho=0.95,epsilon=0.001",
                        28,
                        ELEMENT,
                        quadratic(2, 300).rosenbrock(0.005, 10000).logistic(2, 200),
                        torch()),
                row(
                        "radam",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.002, 30000).logistic(0.5, 200),
                        torch()),
                row(
                        "radam:beta1=0.8,beta2=0.9,epsilon=1e-4",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.005, 1000).logistic(0.05, 200),
                        torch()),
                row(
                        "nadam",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.05, 3000).logistic(0.1, 200),
                        paper(0.01, nadam(0.9, 0.999, 1e-8, 4e-3, 0).then(descend()))),
                row(
                        "nadam:beta1=0.8,beta2=0.99,epsilon=1e-4,psi=0.02",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300).rosenbrock(0.005, 3000).logistic(0.1, 200),
                        paper(0.01, nadam(0.8, 0.99, 1e-4, 0.02, 0).then(descend()))));
    }
}
