package org.thalweg.lab.compare;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.lab.compare.Assignment.Phase;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;

/** Every trial of a task, those that diverged included. */
record TrialTable(TaskResult task, List<Trial> all) {
    Element section() {
        List<List<String>> rows = all.stream()
                .filter(trial -> trial.what().workload().equals(task.task()))
                .map(this::cells)
                .toList();
        Element table = new Table(
                        List.of(
                                "rule",
                                "for",
                                "number",
                                "settings",
                                "seed",
                                "steps",
                                "validation",
                                "test",
                                "seconds",
                                "threads"),
                        rows)
                .element();
        return Page.section(
                "%s: every trial".formatted(task.task()),
                Element.of(
                        "details",
                        Element.text("summary", "%,d trials".formatted(rows.size())),
                        Element.of("div", table).classed("trials")));
    }

    private List<String> cells(Trial trial) {
        Assignment what = trial.what();
        List<String> cells = new ArrayList<>();
        cells.add(what.rule());
        cells.add(
                what.phase() == Phase.TUNING && task.hasRungs()
                        ? "tuning, rung " + (what.rung() + 1)
                        : what.phase().toString());
        cells.add("%,d".formatted(what.number() + 1));
        cells.add(what.settings());
        cells.add("%d".formatted(what.seed()));
        cells.add(
                trial.divergedAt().isPresent()
                        ? "diverged after %,d of %,d"
                                .formatted(trial.divergedAt().getAsLong(), what.steps())
                        : "%,d".formatted(what.steps()));
        cells.add(trial.diverged() ? "" : task.measure().text(trial.validated(task.measure())));
        cells.add(trial.test().isPresent() ? task.measure().text(trial.tested(task.measure())) : "");
        cells.add("%.2f".formatted(trial.seconds()));
        cells.add("%d".formatted(trial.place().threads()));
        return cells;
    }
}
