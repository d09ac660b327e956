package org.thalweg.lab.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.lab.picture.Metrics;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Tiles;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Score;

/** What a run was, how it ended, and its key figures. */
record ReportHeader(RunFiles run) {
    private static final double MINUTE = 60;
    private static final MathContext THREE = new MathContext(3);

    Element header() {
        Element title = Element.of("h1", Element.text("span", run.log().title()), state());
        Element name = Element.text("p", run.name() + started()).classed("soft");
        Element header = Element.of("header", title, name);
        if (run.log().failure().isPresent() && !run.completed()) {
            header = header.and(Element.text("p", run.log().failure().get()).classed("failure"));
        }
        return header.and(Tiles.of(tiles()));
    }

    private Element state() {
        if (run.completed()) {
            return Element.text("span", "completed").classed("state good");
        }
        return Element.text("span", run.log().failure().isPresent() ? "stopped" : "not completed")
                .classed("state warn");
    }

    private String started() {
        String at = run.config().path("started").asString("");
        return at.isEmpty()
                ? ""
                : " · started " + at.replaceFirst("T", " ").replaceFirst("(:\\d\\d)?\\.\\d+Z$", "$1 UTC");
    }

    private List<Element> tiles() {
        List<Element> tiles = new ArrayList<>();
        last().ifPresent(epoch -> {
            for (Map.Entry<String, Double> metric : epoch.test().metrics().entrySet()) {
                Metrics.Shown shown = Metrics.shown(metric.getKey());
                tiles.add(Tiles.tile("test " + inSentence(shown.name()), shown.text(metric.getValue())));
            }
            tiles.add(Tiles.tile("test loss", loss(epoch.test())));
            tiles.add(Tiles.tile("training loss", loss(epoch.trainLoss())));
            tiles.add(Tiles.tile("epochs", "%,d".formatted(epoch.epoch())));
        });
        tiles.add(Tiles.tile("steps", "%,d".formatted(steps())));
        RunFiles.number(run.config(), "parameters")
                .ifPresent(count -> tiles.add(Tiles.tile("parameters", "%,.0f".formatted(count))));
        last().ifPresent(epoch -> tiles.add(Tiles.tile("time", time(epoch.seconds()))));
        return tiles;
    }

    private Optional<EpochMetrics> last() {
        return run.log().epochs().isEmpty()
                ? Optional.empty()
                : Optional.of(run.log().epochs().getLast());
    }

    private long steps() {
        long logged = run.log().steps().getLast().step();
        return last().map(epoch -> Math.max(epoch.steps(), logged)).orElse(logged);
    }

    private static String loss(Score score) {
        return loss(score.loss());
    }

    private static String loss(double loss) {
        return Double.isFinite(loss)
                ? Numbers.text(new BigDecimal(loss).round(THREE).doubleValue())
                : "not finite";
    }

    static String time(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "–";
        }
        if (seconds < MINUTE) {
            return "%.1f s".formatted(seconds);
        }
        long whole = Math.round(seconds);
        return whole < MINUTE * MINUTE
                ? "%d min %d s".formatted(whole / 60, whole % 60)
                : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
    }

    private static String inSentence(String name) {
        return name.length() < 2 || !Character.isLowerCase(name.charAt(1))
                ? name
                : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
