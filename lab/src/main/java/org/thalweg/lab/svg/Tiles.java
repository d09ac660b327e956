package org.thalweg.lab.svg;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Key figures, side by side. */
public final class Tiles {
    private Tiles() {}

    /** One figure. */
    public static Element tile(String name, String value) {
        return Element.of("div", Element.text("dt", name), Element.text("dd", value));
    }

    /** Several. */
    public static Element of(List<Element> tiles) {
        return Element.of("dl", tiles).classed("tiles");
    }

    /** Several, by name. */
    public static Element of(SequencedMap<String, String> figures) {
        return of(figures.entrySet().stream()
                .map((Map.Entry<String, String> figure) -> tile(figure.getKey(), figure.getValue()))
                .toList());
    }
}
