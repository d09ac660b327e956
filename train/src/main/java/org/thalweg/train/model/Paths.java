package org.thalweg.train.model;

import java.util.HashMap;
import java.util.Map;
import org.thalweg.train.model.layer.Layer;

/** Names the layers of one list: the path to the list, and the layer's kind with its number among those of that kind. */
final class Paths {
    private final String path;
    private final Map<String, Integer> numbers = new HashMap<>();

    Paths(String path) {
        this.path = path;
    }

    String next(Layer layer) {
        return path + layer.kind() + numbers.merge(layer.kind(), 1, Integer::sum);
    }

    /** What the names of a branch's layers start with. */
    static String within(String layer, String branch) {
        return layer + "." + (branch.isEmpty() ? "" : branch + ".");
    }
}
