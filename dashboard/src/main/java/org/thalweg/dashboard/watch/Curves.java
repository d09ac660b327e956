package org.thalweg.dashboard.watch;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.lab.picture.Metrics;
import org.thalweg.lab.picture.Metrics.Shown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All curves of a run: loss and rate by the step, and what was measured after each epoch. */
final class Curves implements MetricsReader {
    private static final Pattern MEASURED = Pattern.compile("(validation|test)([A-Z]\\w{0,40})");
    /** More numbers than that in a line are none of ours. */
    private static final int MOST = 24;

    /** Places after the point that an axis of epochs or seconds needs. */
    private static final double ROUNDING = 1e4;

    private final DoubleSupplier stepsPerEpoch;
    private final SequencedMap<Key, Curve> curves = new LinkedHashMap<>();
    private Clock clock;

    /** Which curve: a chart, and the part of the data it was measured on. */
    private record Key(String chart, String part) {}

    /** @param stepsPerEpoch as {@link Clock} takes it */
    Curves(DoubleSupplier stepsPerEpoch) {
        this.stepsPerEpoch = stepsPerEpoch;
        this.clock = new Clock(stepsPerEpoch);
    }

    @Override
    public void restart() {
        curves.clear();
        clock = new Clock(stepsPerEpoch);
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        Optional<JsonNode> line = SafeFiles.object(bytes, from, to);
        line.filter(it -> isOf(it, "step")).ifPresent(this::step);
        line.filter(it -> isOf(it, "epoch")).ifPresent(this::epoch);
    }

    private static boolean isOf(JsonNode line, String type) {
        return line.path("type").asString("").equals(type);
    }

    private void step(JsonNode line) {
        double step = number(line.path("step"));
        add(new Key("loss", "train"), step, number(line.path("loss")));
        add(new Key("rate", ""), step, number(line.path("rate")));
        clock.timed(number(line.path("millis")));
    }

    private void epoch(JsonNode line) {
        double step = number(line.path("step"));
        clock.epochEnded(step, number(line.path("epoch")), number(line.path("seconds")));
        line.properties().forEach(entry -> {
            Matcher measured = MEASURED.matcher(entry.getKey());
            if (measured.matches()) {
                String name = measured.group(2);
                String chart = Character.toLowerCase(name.charAt(0)) + name.substring(1);
                add(new Key(chart, measured.group(1)), step, number(entry.getValue()));
            }
        });
    }

    private void add(Key key, double step, double value) {
        Curve curve = curves.get(key);
        if (curve == null && curves.size() < MOST) {
            curve = new Curve();
            curves.put(key, curve);
        }
        if (curve != null) {
            curve.add(step, value);
        }
    }

    private static double number(JsonNode value) {
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }

    /** The curves as the page takes them, each a few arrays of equal length. */
    ArrayNode json() {
        ArrayNode all = JsonMapper.shared().createArrayNode();
        curves.forEach((key, curve) -> {
            if (curve.size() > 0) {
                add(all.addObject(), key, curve);
            }
        });
        return all;
    }

    private void add(ObjectNode json, Key key, Curve curve) {
        Shown shown = shown(key.chart());
        json.put("chart", key.chart()).put("title", shown.title()).put("part", key.part());
        ArrayNode step = json.putArray("step");
        ArrayNode epoch = json.putArray("epoch");
        ArrayNode time = json.putArray("time");
        ArrayNode mean = json.putArray("mean");
        for (int bin = 0; bin < curve.size(); bin++) {
            double at = curve.step(bin);
            rounded(step, at);
            rounded(epoch, clock.epoch(at));
            rounded(time, clock.second(at));
            shortened(mean, shown.factor() * curve.mean(bin));
        }
        if (curve.isBinned()) {
            ArrayNode low = json.putArray("low");
            ArrayNode high = json.putArray("high");
            for (int bin = 0; bin < curve.size(); bin++) {
                shortened(low, shown.factor() * curve.low(bin));
                shortened(high, shown.factor() * curve.high(bin));
            }
        }
    }

    private static Shown shown(String chart) {
        return switch (chart) {
            case "loss" -> new Shown("Loss", "", 1);
            case "rate" -> new Shown("Learning rate", "", 1);
            default -> Metrics.shown(chart);
        };
    }

    private static void rounded(ArrayNode array, double value) {
        if (Double.isFinite(value)) {
            array.add(Math.rint(value * ROUNDING) / ROUNDING);
        } else {
            array.addNull();
        }
    }

    /** Seven digits are more than a picture shows. */
    private static void shortened(ArrayNode array, double value) {
        float shorter = (float) value;
        if (Float.isFinite(shorter)) {
            array.add(shorter);
        } else {
            array.addNull();
        }
    }
}
