package org.thalweg.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.model.text.ModelText;

/** The model that a user asks for: a ready one by its text, or one from a file. */
final class ModelChoice {
    private ModelChoice() {}

    static Model of(String text, Shape input, Task task) {
        String end = text.toLowerCase(Locale.ROOT);
        if (end.endsWith(".pt") || end.endsWith(".pth")) {
            return Model.exported(Path.of(text));
        }
        return end.endsWith(".yaml") || end.endsWith(".yml") || end.endsWith(".json")
                ? ModelText.read(Path.of(text))
                : Models.named(text, input, task);
    }
}
