package org.thalweg.dashboard.watch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.dashboard.watch.RunCard.Best;
import org.thalweg.lab.picture.Metrics;
import org.thalweg.lab.picture.Metrics.Shown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How far a run has come, and how well; steps, which are most of the lines, are passed over but for the last. */
final class Summary implements MetricsReader {
    private static final byte[] STEP = "{\"type\":\"step\"".getBytes(StandardCharsets.UTF_8);
    /** What says most about a run, the first that was measured. */
    private static final List<Measure> MEASURES =
            List.of(new Measure("Accuracy", true), new Measure("R2", true), new Measure("Loss", false));

    private byte[] lastStep = {};
    private long epoch;
    private long epochEnd;
    private long epochLength;
    private Optional<Best> best = Optional.empty();
    private Optional<Ending> ending = Optional.empty();

    private record Measure(String name, boolean larger) {}

    /**
     * Why a run ended early.
     *
     * @param failed or else stopped by somebody
     */
    record Ending(boolean failed, String message) {}

    /**
     * A step that was logged.
     *
     * @param number from 1; 0 if there was none
     */
    record Step(long number, Optional<Double> loss) {}

    @Override
    public void restart() {
        lastStep = new byte[0];
        epoch = 0;
        epochEnd = 0;
        epochLength = 0;
        best = Optional.empty();
        ending = Optional.empty();
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        if (startsWith(bytes, from, to)) {
            lastStep = Arrays.copyOfRange(bytes, from, to);
            ending = Optional.empty(); // What had stopped the run was mended.
            return;
        }
        SafeFiles.object(bytes, from, to).ifPresent(line -> {
            switch (line.path("type").asString("")) {
                case "epoch" -> epoch(line);
                case "stopped" -> ending = Optional.of(new Ending(false, message(line)));
                case "failure" -> ending = Optional.of(new Ending(true, message(line)));
                default -> {} // What later versions add is not summed up.
            }
        });
    }

    private static boolean startsWith(byte[] bytes, int from, int to) {
        return to - from >= STEP.length && Arrays.equals(bytes, from, from + STEP.length, STEP, 0, STEP.length);
    }

    private static String message(JsonNode line) {
        return line.path("message").asString("");
    }

    private void epoch(JsonNode line) {
        epoch = line.path("epoch").asLong(0);
        epochLength = Math.max(0, line.path("step").asLong(0) - epochEnd);
        epochEnd = line.path("step").asLong(0);
        String part = line.has("validationLoss") ? "validation" : "test";
        for (Measure measure : MEASURES) {
            JsonNode value = line.path(part + measure.name());
            if (value.isNumber() && Double.isFinite(value.doubleValue())) {
                measured(part, measure, value.doubleValue());
                return;
            }
        }
    }

    private void measured(String part, Measure measure, double value) {
        String name =
                Character.toLowerCase(measure.name().charAt(0)) + measure.name().substring(1);
        Shown shown = Metrics.shown(name);
        String words = part + " " + (measure.name().equals("R2") ? shown.name() : name);
        Best now = new Best(words, shown.text(value), value, measure.larger(), epoch);
        best = best.filter(old -> old.measure().equals(words) && !isBetter(now, old))
                .or(() -> Optional.of(now));
    }

    private static boolean isBetter(Best one, Best other) {
        return one.larger() ? one.value() > other.value() : one.value() < other.value();
    }

    /** The last step that was logged. */
    Step step() {
        JsonNode line = SafeFiles.object(lastStep, 0, lastStep.length).orElseGet(JsonMapper.shared()::createObjectNode);
        return new Step(
                line.path("step").asLong(0),
                Optional.of(line.path("loss"))
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::doubleValue)
                        .filter(Double::isFinite));
    }

    long epoch() {
        return epoch;
    }

    Optional<Best> best() {
        return best;
    }

    Optional<Ending> ending() {
        return ending;
    }

    /**
     * Epochs that have passed, with the share of the one under way.
     *
     * @param expectedLength of the first epoch in steps; NaN if unknown
     */
    double passed(double expectedLength) {
        double length = epochLength > 0 ? epochLength : expectedLength;
        double share = (step().number() - epochEnd) / length;
        return epoch + (Double.isNaN(share) ? 0 : Math.clamp(share, 0, 1));
    }
}
