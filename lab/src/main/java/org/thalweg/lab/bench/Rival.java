package org.thalweg.lab.bench;

import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.TensorVector;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.engine.Engine;

/** What a rule's step can be measured against, by the name that the command line uses. */
public sealed interface Rival {
    /** The name in a report. */
    String name();

    /** The rival's step of the same rule on the same shapes, if it has that rule. */
    Optional<Subject> step(Rule rule, TensorSet tensors, int threads);

    /** libtorch's C++ {@code torch::optim}, in this process and with our process set-up. */
    record Libtorch() implements Rival {
        @Override
        public String name() {
            return "libtorch";
        }

        @Override
        public Optional<Subject> step(Rule rule, TensorSet tensors, int threads) {
            Engine.start();
            TensorVector parameters = TorchTensors.withGradients(tensors);
            return TorchOptim.of(rule, parameters);
        }
    }

    /** ATen's fused CPU kernels, which libtorch's C++ interface does not map, through its dispatcher. */
    record AtenFused() implements Rival {
        @Override
        public String name() {
            return "aten-fused";
        }

        @Override
        public Optional<Subject> step(Rule rule, TensorSet tensors, int threads) {
            Engine.start();
            TensorVector parameters = TorchTensors.withGradients(tensors);
            return AtenFusedStep.of(rule, parameters);
        }
    }

    /** Another of our own rules, in float32. */
    record OtherRule(Rule rule) implements Rival {
        @Override
        public String name() {
            return Rules.format(rule);
        }

        @Override
        public Optional<Subject> step(Rule measured, TensorSet tensors, int threads) {
            return Optional.of(new FusedRule(rule, Formats.FLOAT32, tensors, threads));
        }
    }

    /**
     * Reads {@code libtorch}, {@code aten-fused} or a rule.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Rival parse(String text) {
        return Stream.<Rival>of(new Libtorch(), new AtenFused())
                .filter(rival -> rival.name().equals(text))
                .findFirst()
                .orElseGet(() -> new OtherRule(Rules.parse(text)));
    }
}
