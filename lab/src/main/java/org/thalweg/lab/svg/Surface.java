package org.thalweg.lab.svg;

import java.util.List;
import org.thalweg.lab.figure.Field;
import org.thalweg.lab.figure.Heights;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.figure.Track;
import org.thalweg.lab.figure.Window;
import org.thalweg.lab.picture.Numbers;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A surface that can be turned, with the ways that were taken over it. A page with surfaces needs {@link #library()} once, after
 * the last of them. {@link Player} shows the ways as they grow.
 */
public record Surface(Terrain terrain) {
    private static final int MOST_LINES = 71;
    private static final int MOST_TICKS = 7;
    private static final double ROUNDING = 1e5;
    /** Ways float a little above the surface, which would swallow them otherwise. */
    private static final double LIFT = 0.006;

    /** The figure; where a browser cannot draw it there is a sentence in its place. */
    public Element figure() {
        return Element.of(
                        "figure",
                        Element.of("figcaption", Element.text("b", terrain.title())),
                        Element.of(
                                        "div",
                                        Element.text("p", "Drawing the surface needs JavaScript and WebGL.")
                                                .classed("soft"))
                                .classed("scene"),
                        new Node.Data("surface", json()))
                .classed("chart surface");
    }

    /** Plotly.js, compressed, and the script that unpacks it and draws every surface of the page. */
    public static List<Node> library() {
        return List.of(new Node.Packed("plotly", Assets.plotly()), new Node.Script(Assets.text("surface.js")));
    }

    private String json() {
        ObjectNode scene = JsonMapper.shared().createObjectNode();
        scene.put("across", terrain.across()).put("upwards", terrain.upwards()).put("title", terrain.title());
        Field field = terrain.field().coarser(MOST_LINES);
        numbers(scene.putArray("x"), field.x());
        numbers(scene.putArray("y"), field.y());
        ArrayNode shares = scene.putArray("shares");
        for (double[] row : field.z()) {
            ArrayNode share = shares.addArray();
            for (double value : row) {
                number(share, Double.isFinite(value) ? terrain.heights().share(value) : Double.NaN);
            }
        }
        Heights heights = terrain.heights();
        scene.put("floor", heights.floor()).put("top", heights.top());
        if (heights.logarithmic()) {
            scene.put("unit", heights.unit());
        }
        ticks(scene);
        terrain.tracks().forEach(track -> add(scene.withArray("tracks").addObject(), track));
        return scene.toString();
    }

    private void ticks(ObjectNode scene) {
        ArrayNode at = scene.putArray("tickAt");
        ArrayNode text = scene.putArray("tickText");
        List<Double> levels = terrain.heights().levels();
        int every = Math.max(1, Math.ceilDiv(levels.size(), MOST_TICKS));
        for (int i = 0; i < levels.size(); i += every) {
            number(at, terrain.heights().share(levels.get(i)));
            text.add(Numbers.text(levels.get(i)));
        }
    }

    /** Points outside the window have no place; a way is broken there. */
    private void add(ObjectNode node, Track track) {
        node.put("name", track.name()).put("hue", track.hue().css()).put("dashed", track.dashed());
        Window window = terrain.field().window();
        ArrayNode x = node.putArray("x");
        ArrayNode y = node.putArray("y");
        ArrayNode z = node.putArray("z");
        for (int i = 0; i < track.x().length; i++) {
            boolean inside = window.contains(track.x()[i], track.y()[i]) && Double.isFinite(track.z()[i]);
            number(x, inside ? track.x()[i] : Double.NaN);
            number(y, inside ? track.y()[i] : Double.NaN);
            number(z, inside ? terrain.heights().share(track.z()[i]) + LIFT : Double.NaN);
        }
    }

    private static void numbers(ArrayNode array, double[] values) {
        for (double value : values) {
            number(array, value);
        }
    }

    /** To six digits or so, for a page is not to grow with digits that no picture shows. */
    private static void number(ArrayNode array, double value) {
        if (Double.isNaN(value)) {
            array.addNull();
        } else {
            double rounded = Math.abs(value) < ROUNDING ? Math.rint(value * ROUNDING) / ROUNDING : value;
            array.add(rounded);
        }
    }
}
