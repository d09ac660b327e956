package org.thalweg.lab.svg;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;

/** What pages about trained networks have in common: a title, what it was measured on, and key figures. */
public final class StudyPage {
    private StudyPage() {}

    /**
     * A page.
     *
     * @param title what was looked at
     * @param subject of which run, over which examples
     * @param figures by name, the most telling first
     * @param sections from top to bottom
     */
    public static Page of(
            String title, String subject, SequencedMap<String, String> figures, List<? extends Node> sections) {
        List<Node> parts = new ArrayList<>();
        parts.add(Element.of(
                "header", Element.text("h1", title), Element.text("p", subject).classed("soft"), Tiles.of(figures)));
        parts.addAll(sections);
        return new Page(title + " · " + subject, parts);
    }
}
