package org.thalweg.lab.bench;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdagradOptions;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.RMSpropOptions;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.TensorVector;
import org.thalweg.optim.rule.Adagrad;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Nesterov;
import org.thalweg.optim.rule.RmsProp;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;

/** A step of libtorch's C++ optimizers with the numbers of one of our rules. */
record TorchOptim(Optimizer optimizer, TensorVector parameters) implements Subject {
    static Optional<Subject> of(Rule rule, TensorVector parameters) {
        return optimizer(rule, parameters).map(optimizer -> new TorchOptim(optimizer, parameters));
    }

    private static Optional<Optimizer> optimizer(Rule rule, TensorVector parameters) {
        double rate = FusedRule.RATE;
        return switch (rule) {
            case Sgd() -> Optional.of(new org.bytedeco.pytorch.SGD(parameters, new SGDOptions(rate)));
            case Momentum m
            when m.form() == Momentum.Form.RATE_OUTSIDE -> {
                SGDOptions options = new SGDOptions(rate);
                options.momentum().put(m.beta());
                options.dampening().put(m.dampening());
                yield Optional.of(new org.bytedeco.pytorch.SGD(parameters, options));
            }
            case Nesterov(double beta) -> {
                SGDOptions options = new SGDOptions(rate);
                options.momentum().put(beta);
                options.nesterov().put(true);
                yield Optional.of(new org.bytedeco.pytorch.SGD(parameters, options));
            }
            case Adagrad _ -> Optional.of(new org.bytedeco.pytorch.Adagrad(parameters, new AdagradOptions(rate)));
            case RmsProp r -> {
                RMSpropOptions options = new RMSpropOptions(rate);
                options.alpha().put(r.alpha());
                options.momentum().put(r.momentum());
                options.centered().put(r.centered());
                yield Optional.of(new org.bytedeco.pytorch.RMSprop(parameters, options));
            }
            case Adam a
            when a.equals(new Adam(a.beta1(), a.beta2(), a.epsilon())) ->
                Optional.of(new org.bytedeco.pytorch.Adam(parameters, new AdamOptions(rate)));
            case AdamW w -> {
                AdamWOptions options = new AdamWOptions(rate);
                options.weight_decay().put(w.decay());
                yield Optional.of(new org.bytedeco.pytorch.AdamW(parameters, options));
            }
            default -> Optional.empty();
        };
    }

    @Override
    public String name() {
        return "libtorch";
    }

    @Override
    public void run() {
        try (PointerScope scope = new PointerScope()) {
            scope.attach(optimizer.step());
        }
    }

    @Override
    public void close() {
        optimizer.close();
        parameters.close();
    }
}
