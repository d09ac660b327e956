package org.thalweg.lab.svg;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * An element of HTML or SVG. Text and attributes are escaped where they are written, so that nothing can forget to.
 *
 * @param name of ours, never of a user's
 * @param attributes in their order
 * @param children in their order
 */
public record Element(String name, SequencedMap<String, String> attributes, List<Node> children) implements Node {
    /** HTML's elements that have no end. */
    private static final Set<String> VOID = Set.of("meta", "img", "input", "br", "hr", "link");

    public Element {
        attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
    }

    /** An element around others. */
    public static Element of(String name, Node... children) {
        return new Element(name, new LinkedHashMap<>(), List.of(children));
    }

    /** An element around others. */
    public static Element of(String name, List<? extends Node> children) {
        return new Element(name, new LinkedHashMap<>(), List.copyOf(children));
    }

    /** An element around text. */
    public static Element text(String name, String text) {
        return of(name, new Text(text));
    }

    /** The same with an attribute. */
    public Element with(String attribute, Object value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(attributes);
        more.put(attribute, String.valueOf(value));
        return new Element(name, more, children);
    }

    /** The same with a class. */
    public Element classed(String names) {
        return with("class", names);
    }

    /** The same with more inside. */
    public Element and(Node... more) {
        List<Node> all = new ArrayList<>(children);
        all.addAll(List.of(more));
        return new Element(name, attributes, all);
    }

    /** The same with what a pointer that rests on it shows. */
    public Element hover(String words) {
        return and(text("title", words));
    }

    @Override
    public void write(StringBuilder out) {
        out.append('<').append(name);
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            out.append(' ').append(attribute.getKey()).append("=\"");
            out.append(Node.escaped(attribute.getValue())).append('"');
        }
        if (VOID.contains(name)) {
            out.append("/>");
            return;
        }
        out.append('>');
        children.forEach(child -> child.write(out));
        out.append("</").append(name).append('>');
    }
}
