package org.thalweg.train.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.data.Batch;
import org.thalweg.train.data.Batches;
import org.thalweg.train.data.Examples;
import org.thalweg.train.data.Standardisation;
import org.thalweg.train.data.Task;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;

/**
 * A close look at what a trained network does with examples that it did not learn from: what it takes for what, and where it
 * errs most.
 *
 * @param examples how many were looked at
 * @param confusion what was taken for what; none where no classes are told apart
 * @param mistakes the worst first
 * @param pictures of the mistakes, by example; none where these are no images
 */
public record Examination(
        int examples, Optional<Confusion> confusion, List<Mistake> mistakes, Map<Integer, Picture> pictures) {
    /** How many mistakes are kept. */
    public static final int MOST_MISTAKES = 24;

    private static final int LARGEST_BATCH = 128;

    public Examination {
        mistakes = List.copyOf(mistakes);
        pictures = Map.copyOf(pictures);
    }

    /**
     * Looks at all of the examples, with the weights as they are now; none where the task is to tell the next token, whose
     * mistakes are the rule.
     *
     * @param loss what it was trained on, which says how its answers are read
     * @param targetScale what targets and answers that are numbers were standardised by, if they were
     */
    public static Optional<Examination> of(
            Network network, Examples examples, Loss loss, Optional<Standardisation> targetScale) {
        return switch (examples.task()) {
            case Task.NextToken _ -> Optional.empty();
            case Task.Classification(int classes) -> {
                Confusion.Counter counter = new Confusion.Counter(classes);
                WorstMistakes worst = WorstMistakes.ofClasses(MOST_MISTAKES);
                walk(network, examples, loss, answers -> {
                    counter.add(answers);
                    worst.add(answers);
                });
                yield Optional.of(of(examples, Optional.of(counter.confusion()), worst.worst()));
            }
            case Task.Regression _ -> {
                WorstMistakes worst = WorstMistakes.ofNumbers(MOST_MISTAKES);
                walk(network, examples, loss, worst::add);
                List<Mistake> mistakes = worst.worst().stream()
                        .map(mistake -> targetScale.map(mistake::undo).orElse(mistake))
                        .toList();
                yield Optional.of(of(examples, Optional.empty(), mistakes));
            }
        };
    }

    private static Examination of(Examples examples, Optional<Confusion> confusion, List<Mistake> mistakes) {
        return new Examination(examples.count(), confusion, mistakes, Pictures.of(examples.raw(), mistakes));
    }

    private static void walk(Network network, Examples examples, Loss loss, Consumer<Answers> each) {
        try (Batches batches = new Batches(examples, Math.min(examples.count(), LARGEST_BATCH))) {
            for (Batch batch : batches.inOrder()) {
                try (PointerScope _ = new PointerScope()) {
                    NoGradGuard _ = new NoGradGuard();
                    Tensor outputs = network.forward(batch.inputs(), false);
                    each.accept(Answers.of(
                            loss.scores(outputs),
                            batch.targets(),
                            examples.task().outputs()));
                }
            }
        }
    }

    /** For {@code examination.json}. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("examples", examples);
        confusion.ifPresent(matrix -> json.put("confusion", matrix.counts()));
        json.put("mistakes", mistakes.stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(Mistake mistake) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("example", mistake.example());
        json.put("loss", mistake.loss());
        switch (mistake) {
            case Mistake.WrongClass wrong -> {
                json.put("truth", wrong.truth());
                json.put("predicted", wrong.predicted());
                json.put("probability", wrong.probability());
            }
            case Mistake.FarOff far -> {
                json.put("truth", far.truth());
                json.put("predicted", far.predicted());
            }
        }
        Optional.ofNullable(pictures.get(mistake.example())).ifPresent(picture -> json.put("picture", picture.json()));
        return json;
    }
}
