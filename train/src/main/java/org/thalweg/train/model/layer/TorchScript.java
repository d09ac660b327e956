package org.thalweg.train.model.layer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.thalweg.train.data.Shape;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.foreign.Probe;
import org.thalweg.train.model.foreign.Script;

/**
 * A module exported from Python, as {@code torch.jit.script(model).save("exported.pt")} writes it, with the weights that it
 * comes with: to be trained on, or as the trunk of a model with layers of its own behind.
 *
 * @param file where it lies
 */
public record TorchScript(Path file) implements Layer {
    @Override
    public String kind() {
        return "script";
    }

    /**
     * Shape of what comes out for one example, found by trying.
     *
     * @throws Misfit if the module cannot take such inputs
     * @throws IllegalArgumentException if the file holds no such module
     */
    public Shape output(Shape input) {
        return opened(script -> {
            try {
                return Probe.output(script, input);
            } catch (IllegalArgumentException e) {
                throw new Misfit("cannot use %s: %s", file, String.valueOf(e.getMessage()));
            }
        });
    }

    /** The module's tensors, in its own order. */
    public List<Weight> weights() {
        return opened(script -> {
            List<Weight> weights = new ArrayList<>();
            script.state().forEach((name, tensor) -> {
                List<Long> shape =
                        java.util.Arrays.stream(Tensors.shape(tensor)).boxed().toList();
                weights.add(new Weight(
                        name, shape, new Start.Stored(), script.parameters().containsKey(name)));
            });
            return weights;
        });
    }

    private <T> T opened(Function<Script, T> use) {
        try (PointerScope _ = new PointerScope()) {
            return use.apply(Script.open(file));
        }
    }
}
