package org.thalweg.train.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What data looks like: its parts, how balanced its classes are, how its targets are spread.
 *
 * @param name what users call it
 * @param shape of one example as a model sees it
 * @param task what is to be answered
 * @param preprocessing what inputs go through
 * @param classes what they are called, in their order; empty if there are none
 * @param parts training, validation if there is one, and test
 * @param attribution where the data comes from and on what terms; may be empty
 */
public record DataSummary(
        String name,
        String shape,
        String task,
        String preprocessing,
        List<String> classes,
        List<Part> parts,
        String attribution) {
    /**
     * One part.
     *
     * @param counts examples of each class; empty if there are none
     * @param targetMeans of each number to foresee, in the data's units; empty if there are none
     * @param targetDeviations as many
     */
    public record Part(
            String name, int examples, List<Integer> counts, List<Double> targetMeans, List<Double> targetDeviations) {
        /** The share of a class, from 0 to 100. */
        public double percent(int label) {
            return 100.0 * counts.get(label) / examples;
        }
    }

    /** Looks at every target once. */
    public static DataSummary of(Dataset data) {
        DataForm form = data.form();
        List<Part> parts = new ArrayList<>();
        parts.add(part("train", data.train(), form));
        data.validation().ifPresent(part -> parts.add(part("validation", part, form)));
        parts.add(part("test", data.test(), form));
        List<String> classes = form.task() instanceof Task.Classification(int count)
                ? IntStream.range(0, count).mapToObj(form::className).toList()
                : List.of();
        return new DataSummary(
                data.name(),
                described(data.shape()),
                form.task().toString(),
                String.valueOf(form.preprocessing().json().get("kind")),
                classes,
                parts,
                data.attribution());
    }

    private static String described(Shape shape) {
        return switch (shape.kind()) {
            case VECTOR -> "%s features".formatted(shape);
            case SEQUENCE -> "a sequence of %s".formatted(shape);
            case IMAGE -> "an image of %s (channels x height x width)".formatted(shape);
            case TOKENS -> shape.toString();
        };
    }

    private static Part part(String name, Examples examples, DataForm form) {
        return switch (form.task()) {
            case Task.Classification(int classes) -> {
                Integer[] counts = new Integer[classes];
                Arrays.fill(counts, 0);
                for (int label : examples.labels()) {
                    counts[label]++;
                }
                yield new Part(name, examples.count(), List.of(counts), List.of(), List.of());
            }
            case Task.Regression _ -> {
                Standardisation spread = Standardisation.fit(ScaledTargets.targetsOf(examples));
                Standardisation scale = form.targetScale()
                        .orElseGet(() -> Standardisation.none(spread.means().size()));
                yield new Part(name, examples.count(), List.of(), means(spread, scale), deviations(spread, scale));
            }
            case Task.NextToken _ -> new Part(name, examples.count(), List.of(), List.of(), List.of());
        };
    }

    private static List<Double> means(Standardisation spread, Standardisation scale) {
        return IntStream.range(0, spread.means().size())
                .mapToObj(i -> scale.undo(i, spread.means().get(i)))
                .toList();
    }

    private static List<Double> deviations(Standardisation spread, Standardisation scale) {
        return IntStream.range(0, spread.means().size())
                .mapToObj(i -> spread.deviations().get(i) * scale.deviations().get(i))
                .toList();
    }
}
