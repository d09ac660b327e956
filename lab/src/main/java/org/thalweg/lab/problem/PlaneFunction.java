package org.thalweg.lab.problem;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.thalweg.lab.figure.Window;

/**
 * A function of two variables of one's own, with exact derivatives:
 *
 * {@snippet :
 * Problem bowl = new PlaneFunction("bowl", (x, y) -> x.squared().plus(y.minus(1).squared().times(10)));
 * }
 *
 * @param name for tables and legends
 * @param function written with the operations of {@link Dual}
 * @param from where to start: two numbers
 * @param view the part of the plane to look at
 */
public record PlaneFunction(String name, BinaryOperator<Dual> function, List<Double> from, Window view)
        implements Problem {
    private static final Window USUAL = Window.around(3);

    /** @throws IllegalArgumentException if the start is not two finite numbers */
    public PlaneFunction {
        from = List.copyOf(from);
        if (from.size() != 2 || !from.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "a function of two variables starts at two finite numbers, not at " + from);
        }
    }

    /** Started from (-1.5, 2), seen from -3 to 3. */
    public PlaneFunction(String name, BinaryOperator<Dual> function) {
        this(name, function, List.of(-1.5, 2.0), USUAL);
    }

    @Override
    public int dimension() {
        return 2;
    }

    @Override
    public double value(double[] w) {
        return at(w).value();
    }

    @Override
    public double[] gradient(double[] w) {
        Dual at = at(w);
        return new double[] {at.dx(), at.dy()};
    }

    private Dual at(double[] w) {
        return function.apply(Dual.x(w[0]), Dual.y(w[1]));
    }

    @Override
    public double[] start() {
        return new double[] {from.get(0), from.get(1)};
    }

    @Override
    public Optional<Window> window() {
        return Optional.of(view);
    }
}
