package org.thalweg.lab.bench;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.TensorVector;
import org.thalweg.optim.rule.Adagrad;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Nesterov;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;

/**
 * A step of ATen's fused CPU kernels: {@code _fused_adam_}, {@code _fused_adamw_}, {@code _fused_sgd_} and {@code
 * _fused_adagrad_}. Arguments are in the order of their schemas; the two at the end are for loss scaling, and empty.
 */
record AtenFusedStep(OperatorHandle kernel, List<IValue> arguments) implements Subject {
    private static final IValue NONE = new IValue();

    static Optional<Subject> of(Rule rule, TensorVector parameters) {
        return switch (rule) {
            case Sgd() -> Optional.of(sgd(parameters, 0, 0, false));
            case Momentum m
            when m.form() == Momentum.Form.RATE_OUTSIDE -> Optional.of(sgd(parameters, m.beta(), m.dampening(), false));
            case Nesterov(double beta) -> Optional.of(sgd(parameters, beta, 0, true));
            case Adagrad a -> Optional.of(adagrad(parameters, a.epsilon()));
            case Adam a
            when a.equals(new Adam(a.beta1(), a.beta2(), a.epsilon())) ->
                Optional.of(adam("aten::_fused_adam_", parameters, a.beta1(), a.beta2(), a.epsilon(), 0));
            case AdamW(double beta1, double beta2, double epsilon, double decay) ->
                Optional.of(adam("aten::_fused_adamw_", parameters, beta1, beta2, epsilon, decay));
            default -> Optional.empty();
        };
    }

    private static Subject adam(
            String kernel, TensorVector parameters, double beta1, double beta2, double epsilon, double decay) {
        return fused(
                kernel,
                TorchTensors.list(parameters),
                TorchTensors.gradients(parameters),
                TorchTensors.zeros(parameters),
                TorchTensors.zeros(parameters),
                new IValue(TorchTensors.emptyList()),
                TorchTensors.stepCounts(parameters),
                new IValue(FusedRule.RATE),
                new IValue(beta1),
                new IValue(beta2),
                new IValue(decay),
                new IValue(epsilon),
                new IValue(false),
                new IValue(false),
                NONE,
                NONE);
    }

    private static Subject sgd(TensorVector parameters, double momentum, double dampening, boolean nesterov) {
        return fused(
                "aten::_fused_sgd_",
                TorchTensors.list(parameters),
                TorchTensors.gradients(parameters),
                momentum == 0 ? new IValue(TorchTensors.emptyList()) : TorchTensors.zeros(parameters),
                new IValue(0.0),
                new IValue(momentum),
                new IValue(FusedRule.RATE),
                new IValue(dampening),
                new IValue(nesterov),
                new IValue(false),
                new IValue(false),
                NONE,
                NONE);
    }

    private static Subject adagrad(TensorVector parameters, double epsilon) {
        return fused(
                "aten::_fused_adagrad_",
                TorchTensors.list(parameters),
                TorchTensors.gradients(parameters),
                TorchTensors.zeros(parameters),
                TorchTensors.stepCounts(parameters),
                new IValue(FusedRule.RATE),
                new IValue(0.0),
                new IValue(0.0),
                new IValue(epsilon),
                new IValue(false),
                NONE,
                NONE);
    }

    private static Subject fused(String kernel, IValue... arguments) {
        OperatorHandle handle = Dispatcher.singleton().findSchemaOrThrow(kernel, "");
        return new AtenFusedStep(handle, List.of(arguments));
    }

    @Override
    public String name() {
        return "aten-fused";
    }

    @Override
    public void run() {
        try (PointerScope scope = new PointerScope();
                AutoGradMode noGradients = new AutoGradMode(false)) {
            IValueVector stack = new IValueVector(arguments.toArray(IValue[]::new));
            kernel.callBoxed(stack);
        }
    }

    @Override
    public void close() {
        arguments.stream().filter(argument -> argument != NONE).forEach(IValue::close);
    }
}
