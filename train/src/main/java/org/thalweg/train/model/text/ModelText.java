package org.thalweg.train.model.text;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.optim.text.Names;
import org.thalweg.optim.text.Values;
import org.thalweg.train.loss.Losses;
import org.thalweg.train.model.Initialisation;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Precision;

/**
 * Models as text: YAML for people, and the same structure in the JSON of a run, from which it is built again. What is written
 * reads back as an equal model.
 *
 * <pre>{@code
 * name: small
 * initialisation: kaiming-normal
 * layers:
 *   - conv2d: {channels: 8, kernel: 3}
 *   - relu
 *   - linear: 10
 * }</pre>
 */
public final class ModelText {
    private static final long LARGEST_FILE = 4L << 20;
    private static final List<String> KEYS = List.of("name", "initialisation", "loss", "precision", "layers");

    private ModelText() {}

    /**
     * Reads a YAML file; a model that has no name is called after it, and names of TorchScript files start from its folder.
     *
     * @throws IllegalArgumentException if it cannot be read or holds no model; the message names the file and the place
     */
    public static Model read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new IllegalArgumentException(
                        "%s is no model: it is larger than %d bytes".formatted(file, LARGEST_FILE));
            }
            Path folder = file.toAbsolutePath().getParent();
            return parse(Files.readString(file), file.toString(), stem(file), folder == null ? Path.of("") : folder);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file %s".formatted(file), e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("%s is no model: it is not text in UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e), e);
        }
    }

    /**
     * Reads YAML.
     *
     * @param source where it is from, for errors
     * @throws IllegalArgumentException if it holds no model; the message names the source and the place
     */
    public static Model parse(String yaml, String source) {
        return parse(yaml, source, "model", Path.of(""));
    }

    private static Model parse(String yaml, String source, String name, Path folder) {
        try {
            return model(Yaml.read(yaml), name, folder);
        } catch (Unreadable e) {
            throw new IllegalArgumentException("%s is no model: %s".formatted(source, e.getMessage()), e);
        }
    }

    /** The model as YAML that {@link #parse} reads back. */
    public static String yaml(Model model) {
        return Yaml.write(json(model));
    }

    /** The model as maps, lists, texts and numbers, for a JSON document; {@link #ofJson} reads it back. */
    public static Map<String, Object> json(Model model) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", model.name());
        if (!(model.initialisation() instanceof Initialisation.Standard)) {
            json.put("initialisation", Initialisation.format(model.initialisation()));
        }
        model.loss().ifPresent(loss -> json.put("loss", Losses.format(loss)));
        if (model.precision() != Precision.FLOAT32) {
            json.put("precision", Values.text(model.precision()));
        }
        json.put("layers", LayerWriter.json(model.layers()));
        return json;
    }

    /**
     * The model of a JSON document.
     *
     * @param json as {@link #json} gives it, and as a reader of JSON gives maps, lists, texts and numbers
     * @param source where it is from, for errors
     * @throws IllegalArgumentException if it is no model; the message names the source and the place
     */
    public static Model ofJson(Map<String, ?> json, String source) {
        return ofJson(json, source, Path.of(""));
    }

    /**
     * The same where the model's TorchScript files lie in a folder, such as a run's.
     *
     * @param folder that names of files start from
     */
    public static Model ofJson(Map<String, ?> json, String source, Path folder) {
        try {
            return model(Tree.of(json), "model", folder);
        } catch (Unreadable e) {
            throw new IllegalArgumentException("%s holds no model: %s".formatted(source, e.getMessage()), e);
        }
    }

    /** The names of all kinds of layers. */
    public static List<String> layerNames() {
        return LayerKinds.names();
    }

    private static Model model(Tree tree, String usualName, Path folder) {
        if (!(tree instanceof Tree.Fields(var place, var fields))) {
            throw new Unreadable(tree.place(), "a model was expected, with a list of layers under \"layers\"");
        }
        fields.forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                throw new Unreadable(value.place(), Names.unknown("part of a model", key, KEYS));
            }
        });
        Tree layers = Optional.ofNullable(fields.get("layers"))
                .orElseThrow(() -> new Unreadable(place, "a model needs a list of layers under \"layers\""));
        try {
            return new Model(
                    text(fields.get("name")).orElse(usualName),
                    new LayerReader(folder).layers(layers),
                    text(fields.get("initialisation"))
                            .map(Initialisation::parse)
                            .orElseGet(Initialisation.Standard::new),
                    text(fields.get("loss")).map(Losses::parse),
                    text(fields.get("precision"))
                            .map(text -> (Precision) Values.parse(Precision.class, text))
                            .orElse(Precision.FLOAT32));
        } catch (IllegalArgumentException refused) {
            throw new Unreadable(place, String.valueOf(refused.getMessage()));
        }
    }

    private static Optional<String> text(@org.jspecify.annotations.Nullable Tree tree) {
        return switch (tree) {
            case null -> Optional.empty();
            case Tree.Text(var _, var text) -> Optional.of(text);
            case Tree other -> throw new Unreadable(other.place(), "a text was expected");
        };
    }

    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.replaceFirst("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9._-]", "-");
    }
}
