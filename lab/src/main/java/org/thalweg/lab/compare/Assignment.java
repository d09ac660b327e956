package org.thalweg.lab.compare;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.train.run.Document;

/**
 * One trial that is to be made; everything about it follows from the comparison's settings.
 *
 * @param workload the task's name
 * @param rule the contender's
 * @param phase what it is for
 * @param rung of the search, from 0
 * @param number of the settings, from 0; of a final run, that of its seed
 * @param values the settings
 * @param seed of weights and order
 * @param steps how many
 */
public record Assignment(
        String workload,
        String rule,
        Phase phase,
        int rung,
        int number,
        SequencedMap<String, Double> values,
        long seed,
        long steps) {
    /** What trials are for. */
    public enum Phase {
        /** To see how long a step takes. */
        TIMING,
        /** To choose settings. */
        TUNING,
        /** To judge the rule with the settings chosen. */
        FINAL;

        /** The name in files. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Assignment {
        values = new LinkedHashMap<>(values);
    }

    /** What it is found under. */
    String key() {
        return "%s | %s | %s %d.%d".formatted(workload, rule, phase, rung, number);
    }

    /** The settings as text: {@code lr 0.01, beta1 0.9}. */
    public String settings() {
        return settings(values);
    }

    static String settings(SequencedMap<String, Double> values) {
        return String.join(
                ", ",
                values.entrySet().stream()
                        .map((Map.Entry<String, Double> value) -> value.getKey() + " " + Numbers.text(value.getValue()))
                        .toList());
    }

    SequencedMap<String, Object> json() {
        return Document.fields(
                "workload",
                workload,
                "rule",
                rule,
                "phase",
                phase.toString(),
                "rung",
                rung,
                "number",
                number,
                "settings",
                values,
                "seed",
                seed,
                "steps",
                steps);
    }

    static Assignment read(Document json) {
        return new Assignment(
                json.text("workload"),
                json.text("rule"),
                json.parsed("phase", text -> Phase.valueOf(text.toUpperCase(Locale.ROOT))),
                (int) json.whole("rung", 0, Integer.MAX_VALUE),
                (int) json.whole("number", 0, Integer.MAX_VALUE),
                json.object("settings").numbers(),
                json.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                json.count("steps"));
    }
}
