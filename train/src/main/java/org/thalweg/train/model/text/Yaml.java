package org.thalweg.train.model.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** YAML as {@link Tree}s: texts, lists and maps alone. Nothing is constructed, and tags, anchors and aliases are refused. */
final class Yaml {
    /** Characters; the largest model of the literature needs a tenth. */
    private static final int LONGEST = 1 << 20;

    private final Iterator<Event> events;

    private Yaml(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(LONGEST).build();
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /**
     * Reads one document.
     *
     * @throws Unreadable if it is none; the message says where
     */
    static Tree read(String text) {
        try {
            Yaml yaml = new Yaml(text);
            yaml.events.next(); // the stream's start
            if (yaml.events.next().getEventId() == Event.ID.StreamEnd) {
                throw new Unreadable("", "it is empty");
            }
            Tree tree = yaml.tree(yaml.events.next(), 0);
            yaml.events.next(); // the document's end
            Event end = yaml.events.next();
            if (end.getEventId() != Event.ID.StreamEnd) {
                throw new Unreadable(place(end.getStartMark()), "a second document begins where one was expected");
            }
            return tree;
        } catch (MarkedYamlEngineException e) {
            throw new Unreadable(place(e.getProblemMark()), "this is not YAML: " + firstLine(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new Unreadable("", "this is not YAML: " + firstLine(String.valueOf(e.getMessage())));
        }
    }

    private Tree tree(Event event, int depth) {
        String place = place(event.getStartMark());
        if (depth > Tree.DEEPEST) {
            throw new Unreadable(place, "it is nested more than %d deep".formatted(Tree.DEEPEST));
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw new Unreadable(place, "anchors and aliases have no meaning here");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(place, scalar.getTag());
                yield new Tree.Text(place, scalar.getValue());
            }
            case SequenceStartEvent list -> {
                refuseTag(place, list.getTag());
                yield items(place, depth);
            }
            case MappingStartEvent map -> {
                refuseTag(place, map.getTag());
                yield fields(place, depth);
            }
            default -> throw new Unreadable(place, "a value was expected");
        };
    }

    private Tree items(String place, int depth) {
        List<Tree> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(tree(next, depth + 1));
        }
        return new Tree.Items(place, items);
    }

    private Tree fields(String place, int depth) {
        SequencedMap<String, Tree> fields = new LinkedHashMap<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Tree key = tree(next, depth + 1);
            if (!(key instanceof Tree.Text(var at, var name))) {
                throw new Unreadable(key.place(), "a name was expected before the colon");
            }
            if (fields.put(name, tree(events.next(), depth + 1)) != null) {
                throw new Unreadable(at, "%s is given twice".formatted(name));
            }
        }
        return new Tree.Fields(place, fields);
    }

    private static void refuseTag(String place, Optional<String> tag) {
        if (tag.isPresent()) {
            throw new Unreadable(place, "the tag %s has no meaning here".formatted(tag.get()));
        }
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(at -> "line %d, column %d".formatted(at.getLine() + 1, at.getColumn() + 1))
                .orElse("");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /** Writes maps, lists, texts, numbers and booleans: options of a layer in one line, everything else in lines. */
    static String write(Map<String, Object> document) {
        DumpSettings settings = DumpSettings.builder().setSplitLines(false).build();
        Text text = new Text();
        new Dump(settings).dumpNode(map(document, FlowStyle.BLOCK), text);
        return text.builder.toString();
    }

    /** Where YAML is written to. */
    private static final class Text implements StreamDataWriter {
        private final StringBuilder builder = new StringBuilder();

        @Override
        public void write(String part) {
            builder.append(part);
        }

        @Override
        public void write(String part, int offset, int length) {
            builder.append(part, offset, offset + length);
        }
    }

    private static Node node(Object value) {
        return switch (value) {
            case Map<?, ?> map -> map(map, plain(map) ? FlowStyle.FLOW : FlowStyle.BLOCK);
            case List<?> list ->
                new SequenceNode(
                        Tag.SEQ,
                        list.stream().map(Yaml::item).toList(),
                        list.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
            case Boolean flag -> new ScalarNode(Tag.BOOL, flag.toString(), ScalarStyle.PLAIN);
            case Integer number -> new ScalarNode(Tag.INT, number.toString(), ScalarStyle.PLAIN);
            case Number number -> new ScalarNode(Tag.FLOAT, number.toString(), ScalarStyle.PLAIN);
            default -> new ScalarNode(Tag.STR, value.toString(), ScalarStyle.PLAIN);
        };
    }

    private static Node item(Object value) {
        return value instanceof Map<?, ?> map ? map(map, FlowStyle.BLOCK) : node(value);
    }

    private static boolean plain(Map<?, ?> map) {
        return map.values().stream().noneMatch(value -> value instanceof Map || value instanceof List);
    }

    private static Node map(Map<?, ?> map, FlowStyle style) {
        List<NodeTuple> tuples = map.entrySet().stream()
                .map(entry -> new NodeTuple(node(entry.getKey()), node(entry.getValue())))
                .toList();
        return new MappingNode(Tag.MAP, tuples, style);
    }
}
