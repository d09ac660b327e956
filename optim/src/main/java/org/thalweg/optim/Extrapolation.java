package org.thalweg.optim;

import java.util.List;
import java.util.Optional;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.Hyper;
import org.thalweg.optim.expr.Expr.Initial;
import org.thalweg.optim.expr.Expr.ParameterValue;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Program;
import org.thalweg.optim.expr.Trace;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;

/**
 * Nesterov's accelerated gradient in the form that takes the gradient ahead: where the last step, made once more and {@code
 * beta} times as long, would lead.
 *
 * <pre>{@code
 * try (var _ = extrapolation.ahead()) {
 *     backward(batch);
 * }
 * optimizer.step(); // from where the weights were
 * }</pre>
 *
 * <p>With {@code Momentum} of the same beta and form {@code rate-inside} this is the classical method,
 *
 * <pre>{@code
 * y = p + beta (p - p_last)
 * p <- y - rate g(y)
 * }</pre>
 *
 * and then the points {@code y} are those that the rule {@code Nesterov} goes through, as long as the rate stays the same. It
 * is the one to have where the gradient of the weights themselves is too late, or with rules other than momentum.
 *
 * <p>Source: Nesterov, Soviet Math. Dokl. 27, 1983; Sutskever et al., ICML 2013, equations 3 and 4; the "look-ahead point" of
 * the CMU lecture and the "approximate future position" of the KAIST lecture.
 *
 * <p>The weights before the last step are kept off the heap. Used by one thread at a time.
 */
public final class Extrapolation implements AutoCloseable {
    private final Optimizer move;
    private boolean away;

    /** The weights ahead; closing it puts them back where they were, to the last bit. */
    public interface Ahead extends AutoCloseable {
        @Override
        void close();
    }

    /** There: {@code p, last <- p + beta (p - last), p}. And back: {@code p, last <- last, last}. */
    private record Move(double beta) implements Rule {
        @Override
        public Expr direction(Expr gradient, Trace trace) {
            throw new UnsupportedOperationException("not a direction, but a whole program");
        }

        @Override
        public Program program() {
            State last = new State("last", new Initial.OfParameter());
            Hyper share = new Hyper("extrapolation", "beta", beta);
            Hyper back = new Hyper("extrapolation", "back", 0);
            Expr p = new ParameterValue();
            Expr there = p.plus(share.times(p.minus(last)));
            return new Program(
                    List.of(new Program.Assignment(last, Expr.where(back.equalTo(1), last, p))),
                    List.of(),
                    Expr.where(back.equalTo(1), last, there),
                    List.of(share, back));
        }
    }

    /** @param beta as the momentum's, from 0 up to but not including 1 */
    public Extrapolation(double beta, List<Parameter> parameters) {
        this(beta, parameters, new Execution());
    }

    /** Carried out as asked. */
    public Extrapolation(double beta, List<Parameter> parameters, Execution execution) {
        if (!(beta >= 0 && beta < 1)) {
            throw new IllegalArgumentException("beta must be at least 0 and below 1, not " + beta);
        }
        List<Parameter> alwaysActive = parameters.stream()
                .map(p -> p.requireFloat32("extrapolation"))
                .map(p -> Parameter.of(p.name(), p.value(), () -> Optional.of(p.value()), p.shape()))
                .toList();
        this.move = Optimizer.of(
                List.of(new ParameterGroup("extrapolation", new Move(beta), alwaysActive)),
                Schedule.constant(1),
                execution);
        move.schedule("back", _ -> away ? 1 : 0);
    }

    /**
     * Moves the weights ahead, where the gradient is to be taken; the first time they stay where they are.
     *
     * @throws IllegalStateException if they are there already
     */
    public Ahead ahead() {
        requireHome("go ahead again");
        move.step();
        away = true;
        return () -> {
            if (away) {
                move.step();
                away = false;
            }
        };
    }

    /** A copy of the weights before the last step. */
    public OptimizerState state() {
        requireHome("save them");
        return move.state();
    }

    /**
     * Goes on from a saved state; the weights themselves are the caller's to restore.
     *
     * @throws IllegalArgumentException if the state is not of these parameters; nothing is changed then
     */
    public void restore(OptimizerState saved) {
        requireHome("restore them");
        move.restore(saved);
    }

    private void requireHome(String action) {
        if (away) {
            throw new IllegalStateException("the weights are ahead already: put them back before you " + action);
        }
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        move.close();
    }
}
