package org.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.train.data.Task;
import org.thalweg.train.predict.Prediction;
import org.thalweg.train.predict.Predictor;
import org.thalweg.train.predict.Sampling;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg predict}. */
@Command(
        name = "predict",
        description = "Use what a run has trained: tell what is in images or rows, or go on with a text.")
final class PredictCommand implements Runnable {
    private static final int ROWS_AT_ONCE = 256;

    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "The directory that 'thalweg train' saved the run in.")
    private Path run;

    @Parameters(
            index = "1..*",
            paramLabel = "FILE",
            description = "PNG or JPEG images, CSV files of rows, or for a model of texts a file that it goes on from.")
    private List<Path> files = List.of();

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many of the likeliest classes to tell (default: ${DEFAULT-VALUE}).")
    private int top;

    @Mixin
    private final TextOptions text = new TextOptions();

    PredictCommand(Console console) {
        this.console = console;
    }

    /** How a model of texts goes on. */
    static final class TextOptions {
        private static final long LONGEST_START = 1 << 20;

        @Option(names = "--prompt", paramLabel = "TEXT", description = "For a model of texts: what it goes on from.")
        private Optional<String> prompt = Optional.empty();

        @Option(
                names = "--length",
                paramLabel = "N",
                defaultValue = "500",
                description = "For a model of texts: how many characters to add (default: ${DEFAULT-VALUE}).")
        private int length;

        @Option(
                names = "--temperature",
                defaultValue = "0.8",
                description =
                        "For a model of texts: 0 takes the likeliest character each time, 1 draws as the model says,"
                                + " more dares more (default: ${DEFAULT-VALUE}).")
        private double temperature;

        @Option(
                names = "--seed",
                defaultValue = "1",
                description = "For a model of texts: the same seed draws the same text (default: ${DEFAULT-VALUE}).")
        private long seed;

        Sampling sampling() {
            return new Sampling(length, temperature, seed);
        }

        List<String> starts(List<Path> files) {
            List<String> starts = new ArrayList<>();
            prompt.ifPresent(starts::add);
            files.forEach(file -> starts.add(read(file)));
            if (starts.isEmpty()) {
                throw new IllegalArgumentException(
                        "this model goes on with texts: say from where with --prompt TEXT or a file.");
            }
            return starts;
        }

        private static String read(Path file) {
            try {
                if (Files.size(file) > LONGEST_START) {
                    throw new IllegalArgumentException(
                            "%s is longer than %,d bytes: its end alone would count; give that"
                                    .formatted(file, LONGEST_START));
                }
                return Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An input by what it is called, and its answer. */
    private record Answered(String input, Prediction prediction) {}

    @Override
    public void run() {
        if (top < 1) {
            throw new IllegalArgumentException("--top is at least 1, not %d.".formatted(top));
        }
        try (Predictor predictor = Predictor.load(run)) {
            if (predictor.task() instanceof Task.NextToken) {
                continueTexts(predictor);
            } else {
                predict(predictor);
            }
        }
    }

    private void continueTexts(Predictor predictor) {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (String start : text.starts(files)) {
            String added = predictor.continueText(start, text.sampling());
            if (!console.json()) {
                console.out().println(start + added);
            }
            documents.add(fields("start", start, "text", added));
        }
        if (console.json()) {
            console.document(fields("run", run, "texts", documents));
        }
    }

    private void predict(Predictor predictor) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("say what to predict for: images, or CSV files of rows.");
        }
        List<Answered> answers = files.stream()
                .flatMap(file -> answers(predictor, file).stream())
                .toList();
        if (console.json()) {
            List<Map<String, Object>> documents =
                    answers.stream().map(answer -> document(predictor, answer)).toList();
            console.document(fields("run", run, "predictions", documents));
            return;
        }
        int widest = answers.stream()
                .mapToInt(answer -> answer.input().length())
                .max()
                .orElse(0);
        answers.forEach(answer -> console.out().println(line(predictor, answer, widest)));
    }

    private static List<Answered> answers(Predictor predictor, Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        boolean table = !predictor.input().isImage() || name.endsWith(".csv") || name.endsWith(".csv.gz");
        if (!table) {
            return List.of(new Answered(file.toString(), predictor.predict(predictor.image(file))));
        }
        List<float[]> rows = predictor.rows(file);
        List<Answered> answers = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            List<float[]> some = rows.subList(from, Math.min(from + ROWS_AT_ONCE, rows.size()));
            for (Prediction prediction : predictor.predict(some)) {
                answers.add(new Answered("%s row %d".formatted(file, answers.size() + 1), prediction));
            }
        }
        return answers;
    }

    private String line(Predictor predictor, Answered answer, int widest) {
        Prediction prediction = answer.prediction();
        String input = answer.input() + " ".repeat(widest - answer.input().length());
        if (prediction.probabilities().isEmpty()) {
            return "%s  %s".formatted(input, prediction.label());
        }
        List<String> others = prediction.likeliest(top).stream()
                .skip(1)
                .map(other -> share(
                        predictor.className(other), prediction.probabilities().get(other)))
                .toList();
        String also = others.isEmpty() ? "" : "  (%s)".formatted(String.join(", ", others));
        return "%s  %s%s".formatted(input, share(prediction.label(), prediction.probability()), also);
    }

    private static String share(String label, double probability) {
        return String.format(Locale.ROOT, "%s %.1f %%", label, 100 * probability);
    }

    private static Map<String, Object> document(Predictor predictor, Answered answer) {
        Prediction prediction = answer.prediction();
        if (prediction.probabilities().isEmpty()) {
            return fields("input", answer.input(), "values", prediction.values());
        }
        Map<String, Object> probabilities = new LinkedHashMap<>();
        IntStream.range(0, prediction.probabilities().size())
                .forEach(i -> probabilities.put(
                        predictor.className(i), prediction.probabilities().get(i)));
        return fields(
                "input",
                answer.input(),
                "label",
                prediction.label(),
                "probability",
                prediction.probability(),
                "probabilities",
                probabilities);
    }

    private static Map<String, Object> fields(Object... pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], pairs[i + 1]);
        }
        return fields;
    }
}
