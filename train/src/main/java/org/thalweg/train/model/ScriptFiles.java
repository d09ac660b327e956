package org.thalweg.train.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.model.layer.Composite;
import org.thalweg.train.model.layer.Layer;
import org.thalweg.train.model.layer.Plain;
import org.thalweg.train.model.layer.TorchScript;

/** Where a model's TorchScript files lie. */
public final class ScriptFiles {
    private ScriptFiles() {}

    /**
     * The model with its TorchScript files where {@link Network#exportScripts} writes them.
     *
     * @param folder that they were written to; the empty path for what is stored in that folder itself
     */
    public static Model in(Path folder, Model model) {
        return new Model(
                model.name(), in(folder, "", model.layers()), model.initialisation(), model.loss(), model.precision());
    }

    private static List<Layer> in(Path folder, String path, List<Layer> layers) {
        Paths paths = new Paths(path);
        List<Layer> moved = new ArrayList<>();
        for (Layer layer : layers) {
            String name = paths.next(layer);
            moved.add(
                    switch (layer) {
                        case Plain plain -> plain;
                        case TorchScript _ -> new TorchScript(file(folder, name));
                        case Composite composite -> composite.around(branches(folder, name, composite));
                    });
        }
        return moved;
    }

    private static List<List<Layer>> branches(Path folder, String name, Composite composite) {
        List<List<Layer>> branches = new ArrayList<>();
        composite.branches().forEach((branch, layers) -> branches.add(in(folder, Paths.within(name, branch), layers)));
        return branches;
    }

    /** Whether a part of the model is from a TorchScript file. */
    public static boolean anyIn(Model model) {
        return anyIn(model.layers());
    }

    private static boolean anyIn(List<Layer> layers) {
        return layers.stream()
                .anyMatch(layer -> layer instanceof TorchScript
                        || (layer instanceof Composite composite
                                && composite.branches().values().stream().anyMatch(ScriptFiles::anyIn)));
    }

    static Path file(Path folder, String layer) {
        return folder.resolve(layer + ".pt");
    }
}
