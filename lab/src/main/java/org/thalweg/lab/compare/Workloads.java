package org.thalweg.lab.compare;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.lab.problem.Problems;
import org.thalweg.optim.text.Names;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Reading;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.run.Document;

/**
 * Where named tasks come from: the small set after DeepOBS (Schneider, Balles and Hennig, ICLR 2019), and {@code DATA/MODEL} for any
 * other.
 *
 * @param directory where data is looked for that is not part of the application
 * @param batch examples in a step, if not what suits the data
 * @param seed draws the parts of the data
 */
public record Workloads(Optional<Path> directory, Optional<Integer> batch, long seed) {
    private static final String QUADRATIC = "deep-quadratic";
    private static final double VALIDATION = 0.15;

    private static final SequencedMap<String, String> READY = new LinkedHashMap<>();

    static {
        READY.put(QUADRATIC, QUADRATIC);
        READY.put("logistic-regression", "digits/logistic-regression");
        READY.put("mlp", "fashion-mnist/mlp");
        READY.put("convnet", "fashion-mnist/convnet:channels=8,hidden=64");
        READY.put("resnet", "fashion-mnist/resnet:channels=8");
        READY.put("char", "shakespeare/char-lstm:features=32,hidden=128,layers=1");
    }

    /** The usual places, batches that suit the data. */
    public Workloads(long seed) {
        this(Optional.empty(), Optional.empty(), seed);
    }

    /** The named tasks, with what they stand for. */
    public static SequencedMap<String, String> ready() {
        return new LinkedHashMap<>(READY);
    }

    /**
     * Loads a task.
     *
     * @param text a ready name, data and model with a slash between such as {@code digits/mlp}, or a test problem such as {@code
     *     quadratic:condition=100}
     * @throws IllegalArgumentException if there is none of that name
     */
    public Workload named(String text) {
        String meant = READY.getOrDefault(text, text);
        if (Problems.names().contains(meant.split(":", 2)[0])) {
            return new ProblemWorkload(Problems.parse(meant));
        }
        int slash = meant.lastIndexOf('/');
        if (slash <= 0 || slash == meant.length() - 1) {
            throw new IllegalArgumentException(
                    Names.unknown("task", text, List.copyOf(READY.keySet())) + "; any other is written DATA/MODEL");
        }
        String data = meant.substring(0, slash);
        String model = meant.substring(slash + 1);
        Dataset dataset = new DataRequest(
                        data,
                        directory,
                        Reading.USUAL,
                        new Split(VALIDATION, Split.DEFAULT_TEST, seed),
                        Optional.empty(),
                        List.of())
                .load();
        return new NetworkWorkload(
                text,
                dataset,
                Models.named(model, dataset.shape(), dataset.task()),
                batch.orElseGet(() -> NetworkWorkload.usualBatch(dataset)));
    }

    /** For another process. */
    Map<String, Object> json() {
        SequencedMap<String, Object> json = Document.fields("seed", seed);
        directory.ifPresent(path -> json.put("directory", path.toAbsolutePath().toString()));
        batch.ifPresent(size -> json.put("batch", size));
        return json;
    }

    static Workloads read(Document json) {
        return new Workloads(
                json.optionalText("directory").map(Path::of),
                json.has("batch") ? Optional.of((int) json.whole("batch", 1, Integer.MAX_VALUE)) : Optional.empty(),
                json.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE));
    }
}
