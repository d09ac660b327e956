package org.thalweg.lab.svg;

import java.nio.file.Path;
import java.util.List;

/**
 * A page in the house's style: one file that needs no network, in light and dark and on paper.
 *
 * @param title of the window
 * @param parts from top to bottom
 */
public record Page(String title, List<? extends Node> parts) {
    /** Characters that an ordinary page does not exceed. */
    private static final int USUAL = 1 << 17;

    public Page {
        parts = List.copyOf(parts);
    }

    /** A part of a page under a heading. */
    public static Element section(String title, Node... parts) {
        return Element.of("section", Element.text("h2", title)).and(parts);
    }

    /** Charts side by side under a heading. */
    public static Element charts(String title, List<Chart> charts) {
        return section(
                title,
                Element.of("div", charts.stream().map(Chart::figure).toList()).classed("grid2"));
    }

    /** The whole page as text. */
    public String text() {
        Element head = Element.of(
                "head",
                Element.of("meta").with("charset", "utf-8"),
                Element.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                Element.text("title", title),
                new Node.Style(Assets.styleSheet()));
        StringBuilder out = new StringBuilder(USUAL).append("<!DOCTYPE html>\n");
        Element.of("html", head, Element.of("body", Element.of("main", parts)))
                .with("lang", "en")
                .write(out);
        return out.append('\n').toString();
    }

    /**
     * Writes the page.
     *
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if it is a folder
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        TextFile.write(file, text());
    }
}
