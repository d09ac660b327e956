package org.thalweg.optim.rule;

import java.util.List;
import java.util.Optional;
import org.thalweg.optim.rule.TorchTrajectories.Case;

/** PyTorch's optimizers in this library's words. */
public final class TorchRules {
    private TorchRules() {}

    /** A trajectory and the rule that must follow it. */
    public record Twin(Case torch, Rule rule) {
        /** The rates that the rule is given; PyTorch's ASGD steps with the rate that was set the step before. */
        public double[] rates() {
            double[] rates = torch.rates().clone();
            if (torch.optimizer().equals("ASGD")) {
                System.arraycopy(torch.rates(), 0, rates, 1, rates.length - 1);
            }
            return rates;
        }

        /** How near the rule comes in double precision; PyTorch's ASGD rounds its step sizes to float32, others nothing. */
        public double tolerance() {
            return torch.optimizer().equals("ASGD") ? 1e-6 : 1e-11;
        }

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
            return Optional.of(amsGrad(torch, decay));
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
            case "Adadelta" -> Optional.of(new Adadelta(torch.number("rho", 0.9), torch.number("eps", 1e-6)));
            case "Adamax" ->
                Optional.of(new AdaMax(torch.beta(0, 0.9), torch.beta(1, 0.999), torch.number("eps", 1e-8)));
            case "RAdam" -> Optional.of(new RAdam(torch.beta(0, 0.9), torch.beta(1, 0.999), torch.number("eps", 1e-8)));
            case "ASGD" ->
                torch.recorded().equals("value") ? Optional.of(decayed(decay, averagedSgd(torch))) : Optional.empty();
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

    private static Rule amsGrad(Case torch, double decay) {
        Rule rule = new AmsGrad(torch.beta(0, 0.9), torch.beta(1, 0.999), torch.number("eps", 1e-8));
        return torch.optimizer().equals("AdamW") ? rule.then(new WeightDecay(decay)) : decayed(decay, rule);
    }

    /** The rule that ran, whatever was recorded of it. */
    public static AveragedSgd averagedSgd(Case torch) {
        return new AveragedSgd(torch.number("lambd", 1e-4), torch.number("alpha", 0.75), torch.number("t0", 1e6));
    }

    private static Rule decayed(double decay, Rule rule) {
        return decay == 0 ? rule : new L2(decay).then(rule);
    }
}
