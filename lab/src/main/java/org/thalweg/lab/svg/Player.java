package org.thalweg.lab.svg;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * Buttons and a slider that let the ways on a page's maps and surfaces, and the lines of its charts, grow step by step. Each of
 * them has to have a point for each frame, from the first one on, as far as it goes.
 *
 * @param frames the step that each frame shows, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Made for one page.
public record Player(int[] frames) {
    /** The controls. */
    public Element controls() {
        int last = Math.max(0, frames.length - 1);
        return Element.of(
                        "div",
                        button("back", "◀", "One step back"),
                        button("play", "▶ Play", "Play or pause"),
                        button("on", "▶", "One step on"),
                        Element.of("input")
                                .with("type", "range")
                                .with("min", 0)
                                .with("max", last)
                                .with("value", last)
                                .with("aria-label", "Step"),
                        Element.text("output", ""),
                        new Node.Data(
                                "frames",
                                JsonMapper.shared().valueToTree(frames).toString()))
                .classed("player")
                .with("hidden", "hidden");
    }

    /** The script behind them, once, after everything that it shows. */
    public static List<Node> script() {
        return List.of(new Node.Script(Assets.text("player.js")));
    }

    private static Element button(String kind, String text, String words) {
        return Element.text("button", text)
                .with("type", "button")
                .with("data-does", kind)
                .with("title", words)
                .with("aria-label", words);
    }
}
