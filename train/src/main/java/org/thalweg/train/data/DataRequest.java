package org.thalweg.train.data;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which data is wanted and how it is prepared: everything that is needed to load the very same again.
 *
 * @param source the name of ready data, the text of a {@link Synthetic} set, or the path of a file or folder
 * @param directory where to look for ready data that is not part of the application; if empty, in the usual places
 * @param reading how files are read
 * @param split sizes of the parts, and the seed that draws them
 * @param fitting what inputs go through, if not what suits them
 * @param augmentations what varies the training examples, in order
 */
public record DataRequest(
        String source,
        Optional<Path> directory,
        Reading reading,
        Split split,
        Optional<Fitting> fitting,
        List<Augmentation> augmentations) {
    /** Paths are kept whole, so that the request means the same wherever it is used. */
    public DataRequest {
        augmentations = List.copyOf(augmentations);
        source = Corpora.isPath(source)
                ? Path.of(source).toAbsolutePath().normalize().toString()
                : source;
        directory = directory.map(path -> path.toAbsolutePath().normalize());
    }

    /** Data as it comes, prepared as suits it. */
    public DataRequest(String source, Split split) {
        this(source, Optional.empty(), Reading.USUAL, split, Optional.empty(), List.of());
    }

    /**
     * Loads, divides and prepares the data.
     *
     * @throws IllegalArgumentException if there is no such data, or something does not go with it
     * @throws DataException if it is missing or damaged
     */
    public Dataset load() {
        Corpus corpus = Corpora.load(source, directory, reading);
        return Dataset.of(corpus, split, fitting, augmentations).with(this);
    }

    /** The same with files elsewhere: ready data's in the given folder, and a file or folder of the user's by its name there. */
    public DataRequest in(Path elsewhere) {
        String moved = Corpora.isPath(source)
                ? elsewhere.resolve(Path.of(source).getFileName()).toString()
                : source;
        return new DataRequest(moved, Optional.of(elsewhere), reading, split, fitting, augmentations);
    }

    /** As {@code config.json} has it. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", source);
        directory.ifPresent(path -> json.put("directory", path.toString()));
        json.put("reading", reading.json());
        json.put("validationShare", split.validation());
        json.put("testShare", split.test());
        json.put("splitSeed", split.seed());
        fitting.ifPresent(wanted -> json.put("preprocess", Fitting.format(wanted)));
        json.put("augment", augmentations.stream().map(Augmentation::format).toList());
        return json;
    }

    /**
     * Reads what {@link #json} has written.
     *
     * @param json as a JSON parser gives it: maps, lists, numbers and texts
     * @param file what to call the file in errors
     * @throws DataException naming the file and the member that is missing or wrong
     */
    public static DataRequest of(Map<?, ?> json, String file) {
        JsonFields fields = new JsonFields(json, file);
        return fields.checked(() -> new DataRequest(
                fields.text("source"),
                fields.optionalText("directory").map(Path::of),
                Reading.of(fields.object("reading")),
                new Split(fields.number("validationShare"), fields.number("testShare"), fields.wholeLong("splitSeed")),
                fields.optionalText("preprocess").map(Fitting::parse),
                fields.texts("augment").stream().map(Augmentation::parse).toList()));
    }
}
