package org.thalweg.train.model;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.train.model.Plan.Step;

/** A plan as a table for people. */
final class PlanTable {
    private PlanTable() {}

    private record Row(String layer, String output, String parameters) {}

    static String of(Plan plan) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("layer", "output", "parameters"));
        rows.add(new Row("input", plan.input().toString(), ""));
        plan.all().map(PlanTable::row).forEach(rows::add);
        rows.add(new Row("total", "", "%,d".formatted(plan.parameters())));
        int layers = rows.stream().mapToInt(row -> row.layer().length()).max().orElse(0);
        int outputs = rows.stream().mapToInt(row -> row.output().length()).max().orElse(0);
        String format = "%%-%ds  %%-%ds  %%12s%%n".formatted(layers, outputs);
        StringBuilder table = new StringBuilder();
        rows.forEach(row -> table.append(format.formatted(row.layer(), row.output(), row.parameters())));
        return table.toString();
    }

    private static Row row(Step step) {
        boolean counts = step.parameters() > 0 && step.branches().isEmpty();
        return new Row(step.name(), step.output().toString(), counts ? "%,d".formatted(step.parameters()) : "");
    }
}
