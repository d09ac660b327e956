package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Takes each channel to mean 0 and standard deviation 1, as fitted on a training set.
 *
 * @param means one for each channel of an image, or each feature of a vector
 * @param deviations as many, each above 0; a channel that never varies has 1
 */
public record Standardisation(List<Double> means, List<Double> deviations) implements Preprocessing {
    public Standardisation {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (means.size() != deviations.size()
                || !Stream.concat(means.stream(), deviations.stream()).allMatch(Double::isFinite)
                || deviations.stream().anyMatch(deviation -> !(deviation > 0))) {
            throw new IllegalArgumentException("means and deviations must pair up, and deviations be above 0");
        }
    }

    /** Fits on the given examples, in double precision and one pass over them. */
    public static Standardisation fit(Examples examples) {
        return of(Moments.of(examples));
    }

    /** Fits on these and on what the peers have, who all do the same and get the same. */
    static Standardisation fit(Examples examples, Peers peers) {
        return of(Moments.of(examples).with(peers));
    }

    private static Standardisation of(Moments moments) {
        double[] deviations = DoubleStream.of(moments.variances())
                .map(variance -> variance > 0 ? Math.sqrt(variance) : 1)
                .toArray();
        return new Standardisation(boxed(moments.means()), boxed(deviations));
    }

    /** The identity on so many channels. */
    public static Standardisation none(int channels) {
        return new Standardisation(Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
    }

    @Override
    public Shape output(Shape input) {
        if (input.channels() != means.size() || input.kind() == Shape.Kind.TOKENS) {
            throw new IllegalArgumentException("a standardisation of %d channels does not fit examples of shape %s"
                    .formatted(means.size(), input));
        }
        return input;
    }

    @Override
    public void apply(Shape shape, MemorySegment from, MemorySegment to) {
        Channels channels = Channels.of(shape);
        for (int channel = 0; channel < channels.count(); channel++) {
            float mean = means.get(channel).floatValue();
            float scale = (float) (1 / deviations.get(channel));
            for (int i = channels.first(channel); i < channels.end(channel); i += channels.stride()) {
                float value = from.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
                to.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (value - mean) * scale);
            }
        }
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", "standardisation");
        json.put("means", means);
        json.put("deviations", deviations);
        return json;
    }

    static Standardisation of(JsonFields json) {
        return json.checked(() -> new Standardisation(json.numbers("means"), json.numbers("deviations")));
    }

    /** The number that was standardised to the given value. */
    public double undo(int channel, double value) {
        return value * deviations.get(channel) + means.get(channel);
    }

    private static List<Double> boxed(double[] numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }
}
