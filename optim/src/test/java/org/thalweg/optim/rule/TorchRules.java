package org.thalweg.optim.rule;

import java.util.List;
import java.util.Optional;
import org.thalweg.optim.rule.TorchTrajectories.Case;

/** PyTorch's optimizers in this library's words. */
public final class TorchRules {
    private TorchRules() {}

    /** A trajectory and the rule that must follow it. */
    public record Twin(Case torch, Rule rule) {
        @Override
        public String toString() {
            return "%s: %s".formatted(torch, Rules.format(rule));
        }
    }

    /** The trajectories whose rule exists. */
    public static List<Twin> twins(TorchTrajectories torch) {
        return torch.cases().stream()
                .flatMap(one -> rule(one).map(rule -> new Twin(one, rule)).stream())
                .toList();
    }

    private static Optional<Rule> rule(Case torch) {
        double decay = torch.number("weight_decay", 0);
        if (torch.isOn("amsgrad")) {
            return Optional.empty();
        }
        return switch (torch.optimizer()) {
            case "SGD" -> Optional.of(decayed(decay, sgd(torch)));
            case "Adagrad" ->
                Optional.of(decayed(
                        decay, new Adagrad(torch.number("eps", 1e-10), torch.number("initial_accumulator_value", 0))));
            case "RMSprop" -> Optional.of(decayed(decay, rmsProp(torch)));
            case "Adam" ->
                Optional.of(
                        decayed(decay, new Adam(torch.beta(0, 0.9), torch.beta(1, 0.999), torch.number("eps", 1e-8))));
            case "AdamW" ->
                Optional.of(new AdamW(
                        torch.beta(0, 0.9),
                        torch.beta(1, 0.999),
                        torch.number("eps", 1e-8),
                        torch.number("weight_decay", 0.01)));
            default -> Optional.empty();
        };
    }

    private static Rule sgd(Case torch) {
        double beta = torch.number("momentum", 0);
        if (beta == 0) {
            return new Sgd();
        }
        return torch.isOn("nesterov")
                ? new Nesterov(beta)
                : new Momentum(beta, torch.number("dampening", 0), Momentum.Form.RATE_OUTSIDE);
    }

    private static Rule rmsProp(Case torch) {
        return new RmsProp(
                torch.number("alpha", 0.99),
                torch.number("eps", 1e-8),
                torch.number("momentum", 0),
                torch.isOn("centered"),
                EpsilonPlace.OUTSIDE_ROOT);
    }

    private static Rule decayed(double decay, Rule rule) {
        return decay == 0 ? rule : new L2(decay).then(rule);
    }
}
