package org.thalweg.train.metrics;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.optim.Parameter;
import org.thalweg.train.metrics.LayerStatistics.Moments;

/**
 * Looks into a network during one step: watches each layer's output on the way forward, which may go in several parts, then
 * measures the gradients.
 */
public final class LayerProbe implements BiConsumer<String, Tensor> {
    private final SequencedMap<String, Spread> outputs = new LinkedHashMap<>();
    private final SequencedMap<String, Double> ratios = new LinkedHashMap<>();

    /**
     * How the outputs of one layer are spread so far.
     *
     * @param distances the sum of their squared distances from the mean
     */
    private record Spread(double count, double mean, double distances) {
        static Spread of(Tensor output) {
            try (PointerScope _ = new PointerScope()) {
                NoGradGuard _ = new NoGradGuard();
                Tensor numbers = output.detach().to(ScalarType.Double);
                double mean = numbers.mean().item_double();
                double distances = numbers.sub(new Scalar(mean)).square().sum().item_double();
                return new Spread(numbers.numel(), mean, distances);
            }
        }

        /** Both together (Chan, Golub and LeVeque, 1979). */
        Spread plus(Spread other) {
            double all = count + other.count;
            double between = other.mean - mean;
            return new Spread(
                    all,
                    mean + between * other.count / all,
                    distances + other.distances + between * between * count * other.count / all);
        }

        Moments moments() {
            return new Moments(mean, distances / count);
        }
    }

    /** Takes a layer's output into account. */
    @Override
    public void accept(String layer, Tensor output) {
        outputs.merge(layer, Spread.of(output), Spread::plus);
    }

    /** Takes the gradients into account, with the values that they were taken at. */
    public void measure(List<Parameter> parameters) {
        try (PointerScope _ = new PointerScope()) {
            for (Parameter parameter : parameters) {
                parameter
                        .gradient()
                        .ifPresent(gradient -> ratios.put(parameter.name(), norm(gradient) / norm(parameter.value())));
            }
        }
    }

    /**
     * What was seen.
     *
     * @param step its number, from 1
     */
    public LayerStatistics statistics(long step) {
        SequencedMap<String, Moments> moments = new LinkedHashMap<>();
        outputs.forEach((layer, spread) -> moments.put(layer, spread.moments()));
        return new LayerStatistics(step, ratios, moments);
    }

    private static double norm(MemorySegment numbers) {
        double squares = 0;
        for (long i = 0; i < numbers.byteSize() / Float.BYTES; i++) {
            double number = numbers.getAtIndex(ValueLayout.JAVA_FLOAT, i);
            squares += number * number;
        }
        return Math.sqrt(squares);
    }
}
