package org.thalweg.optim.conformance;

import static org.thalweg.optim.conformance.Conformance.row;
import static org.thalweg.optim.conformance.Descents.DECAY;
import static org.thalweg.optim.conformance.Descents.quadratic;
import static org.thalweg.optim.conformance.Paper.addWeights;
import static org.thalweg.optim.conformance.Paper.addWeightsTimesRate;
import static org.thalweg.optim.conformance.Paper.descend;
import static org.thalweg.optim.conformance.Paper.momentum;
import static org.thalweg.optim.conformance.Paper.momentumAveraged;
import static org.thalweg.optim.conformance.Paper.momentumRateInside;
import static org.thalweg.optim.conformance.Paper.subtract;
import static org.thalweg.optim.conformance.Reach.ELEMENT;
import static org.thalweg.optim.conformance.Trajectory.paper;
import static org.thalweg.optim.conformance.Trajectory.torch;

import java.util.List;

/** The rows of the rules with one rate for all elements. */
final class PlainRows {
    private PlainRows() {}

    static List<Conformance> rows() {
        return List.of(
                row(
                        "sgd",
                        12,
                        ELEMENT,
                        quadratic(0.5, 60).rosenbrock(0.002, 10000).logistic(2, 200),
                        torch()),
                row(
                        "momentum",
                        20,
                        ELEMENT,
                        quadratic(0.05, 150).rosenbrock(0.002, 1000).logistic(0.2, 200),
                        torch()),
                row(
                        "momentum:beta=0.5",
                        20,
                        ELEMENT,
                        quadratic(0.3, 60).rosenbrock(0.005, 3000).logistic(1, 200),
                        torch()),
                row(
                        "momentum:dampening=0.1",
                        20,
                        ELEMENT,
                        quadratic(0.05, 150).rosenbrock(0.002, 1000).logistic(0.2, 200),
                        torch()),
                row(
                        "momentum:dampening=0.9",
                        20,
                        ELEMENT,
                        quadratic(0.5, 150).rosenbrock(0.005, 3000).logistic(2, 200),
                        torch()),
                row(
                        "momentum:form=rate-inside",
                        20,
                        ELEMENT,
                        quadratic(0.05, 150).rosenbrock(0.002, 1000).logistic(0.2, 200),
                        paper(0.003, momentumRateInside(0.9).then(subtract()))),
                row(
                        "momentum:form=averaged",
                        20,
                        ELEMENT,
                        quadratic(0.5, 150).rosenbrock(0.02, 1000).logistic(2, 200),
                        paper(0.02, momentumAveraged(0.9).then(descend()))),
                row(
                        "nesterov",
                        20,
                        ELEMENT,
                        quadratic(0.05, 150).rosenbrock(0.001, 3000).logistic(0.2, 200),
                        torch()),
                row(
                        "nesterov:beta=0.95",
                        20,
                        ELEMENT,
                        quadratic(0.05, 300).rosenbrock(0.001, 1000).logistic(0.1, 200),
                        torch()),
                row(
                        "l2",
                        12,
                        ELEMENT,
                        quadratic(0.5, 60).rosenbrock(0.002, 10000).logistic(2, 200),
                        paper(0.02, addWeights(1e-4).then(descend()))),
                row(
                        "l2:decay=0.05 + sgd",
                        12,
                        ELEMENT,
                        quadratic(0.5, 60)
                                .rosenbrock(0.002, 10000)
                                .leaving(0.08, DECAY)
                                .logistic(1, 200)
                                .leaving(0.06, DECAY),
                        torch()),
                row(
                        "l2:decay=0.01 + momentum:beta=0.8",
                        20,
                        ELEMENT,
                        quadratic(0.1, 150).rosenbrock(0.002, 3000).logistic(0.5, 200),
                        torch()),
                row(
                        "l2:decay=0.05 + nesterov:beta=0.8",
                        20,
                        ELEMENT,
                        quadratic(0.1, 150)
                                .rosenbrock(0.002, 3000)
                                .leaving(0.08, DECAY)
                                .logistic(0.1, 200)
                                .leaving(0.06, DECAY),
                        torch()),
                row(
                        "l2:decay=0.05 + adagrad",
                        20,
                        ELEMENT,
                        quadratic(1, 200)
                                .rosenbrock(1, 10000)
                                .leaving(0.08, DECAY)
                                .logistic(0.5, 200)
                                .leaving(0.06, DECAY),
                        torch()),
                row(
                        "l2:decay=0.05 + rms-prop",
                        20,
                        ELEMENT,
                        quadratic(0.05, 300)
                                .rosenbrock(0.01, 3000)
                                .leaving(0.08, DECAY)
                                .logistic(0.05, 200)
                                .leaving(0.06, DECAY),
                        torch()),
                row(
                        "l2:decay=0.05 + adam",
                        28,
                        ELEMENT,
                        quadratic(0.1, 300)
                                .rosenbrock(0.2, 3000)
                                .leaving(0.08, DECAY)
                                .logistic(0.1, 200)
                                .leaving(0.06, DECAY),
                        torch()),
                row(
                        "weight-decay",
                        12,
                        ELEMENT,
                        quadratic(0.5, 60).rosenbrock(0.002, 10000).logistic(2, 200),
                        paper(0.02, addWeights(0.01).then(descend()))),
                row(
                        "sgdw",
                        20,
                        ELEMENT,
                        quadratic(0.05, 150).rosenbrock(0.002, 1000).logistic(0.2, 200),
                        paper(0.003, momentum(0.9).then(addWeights(5e-4)).then(descend()))),
                row(
                        "averaged-sgd",
                        20,
                        ELEMENT,
                        quadratic(0.5, 60).rosenbrock(0.002, 10000).logistic(2, 200),
                        torch()),
                row(
                        "averaged-sgd:alpha=0.6,t0=10",
                        20,
                        ELEMENT,
                        quadratic(0.5, 60).rosenbrock(0.002, 10000).logistic(2, 200),
                        torch()),
                row(
                        "l2:decay=0.01 + averaged-sgd:lambda=0.01,t0=20",
                        20,
                        ELEMENT,
                        quadratic(0.5, 60)
                                .rosenbrock(0.002, 10000)
                                .logistic(2, 200)
                                .leaving(0.02, DECAY),
                        torch()),
                row(
                        "momentum:form=rate-inside + weight-decay",
                        20,
                        ELEMENT,
                        quadratic(0.05, 150).rosenbrock(0.002, 1000).logistic(0.2, 200),
                        paper(
                                0.003,
                                momentumRateInside(0.9)
                                        .then(addWeightsTimesRate(0.01))
                                        .then(subtract()))));
    }
}
