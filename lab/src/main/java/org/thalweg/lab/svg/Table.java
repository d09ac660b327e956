package org.thalweg.lab.svg;

import java.util.List;

/**
 * Numbers in rows.
 *
 * @param heads of the columns, the first of which names the rows
 * @param rows as long as there are heads
 */
public record Table(List<String> heads, List<List<String>> rows) {
    public Table {
        heads = List.copyOf(heads);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** The element. */
    public Element element() {
        List<Element> titles =
                heads.stream().map(head -> Element.text("th", head)).toList();
        return Element.of(
                        "table",
                        Element.of("thead", Element.of("tr", titles)),
                        Element.of("tbody", rows.stream().map(Table::row).toList()))
                .classed("numbers");
    }

    private static Element row(List<String> cells) {
        List<Element> all = cells.stream().map(cell -> Element.text("td", cell)).toList();
        return Element.of("tr", all);
    }
}
