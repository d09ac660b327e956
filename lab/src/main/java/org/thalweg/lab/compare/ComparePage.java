package org.thalweg.lab.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.thalweg.lab.compare.Results.Cost;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Line;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.StudyPage;
import org.thalweg.lab.svg.Table;

/**
 * A comparison as a page: verdicts, figures, what was searched, and every trial.
 *
 * @param results what was found
 * @param command how it is made again; empty if that is not known
 */
public record ComparePage(Results results, String command) {
    private static final double FARTHEST = 1.02 * PerformanceProfile.MOST;

    /** Writes the page; the file is overwritten, and its folder made if need be. */
    public void write(Path file) {
        List<Node> sections = new ArrayList<>();
        sections.add(verdicts());
        if (results.tasks().size() > 1) {
            sections.add(profiles());
        }
        results.tasks().forEach(task -> sections.addAll(new TaskFigures(task).sections()));
        sections.add(searched());
        sections.add(how());
        results.tasks().forEach(task -> sections.add(new TrialTable(task, results.trials()).section()));
        sections.add(Element.text("footer", "Made by Thalweg."));
        StudyPage.of("Rules compared", subject(), figures(), sections).write(file);
    }

    private String subject() {
        return "%s on %s"
                .formatted(
                        String.join(
                                ", ",
                                results.comparison().contenders().stream()
                                        .map(Contender::name)
                                        .toList()),
                        String.join(
                                ", ",
                                results.tasks().stream().map(TaskResult::task).toList()));
    }

    private SequencedMap<String, String> figures() {
        SequencedMap<String, String> figures = new LinkedHashMap<>();
        Comparison asked = results.comparison();
        figures.put("rules", "%,d".formatted(asked.contenders().size()));
        figures.put("tasks", "%,d".formatted(asked.workloads().size()));
        figures.put("trials", "%,d".formatted(results.trials().size()));
        figures.put(
                "of them diverged",
                "%,d"
                        .formatted(results.trials().stream()
                                .filter(Trial::diverged)
                                .count()));
        figures.put("seeds of final runs", "%,d".formatted(asked.seeds()));
        return figures;
    }

    private Element verdicts() {
        Element section = Page.section("Verdict");
        for (TaskResult task : results.tasks()) {
            section = section.and(
                    Element.text("p", task.task() + ": " + task.verdict().sentence())
                            .classed("verdict"));
        }
        return section.and(Element.text(
                        "p",
                        "Means over final runs from fresh seeds, on test data that no choice has seen. All pairs are compared at once:"
                                + " Welch's test, Holm's procedure, level 0.95. An interval that holds zero shows no difference.")
                .classed("soft"));
    }

    private Element profiles() {
        List<Element> figures = new ArrayList<>();
        for (Cost cost : Cost.values()) {
            results.profile(cost)
                    .ifPresent(profile -> figures.add(profile(cost, profile).figure()));
        }
        figures.add(places());
        return Page.section("Over all tasks", Element.of("div", figures).classed("grid2"));
    }

    private Chart profile(Cost cost, PerformanceProfile profile) {
        List<String> rules = List.copyOf(profile.ratios().keySet());
        List<Line> lines = IntStream.range(0, rules.size())
                .mapToObj(i -> new Line(
                        rules.get(i),
                        stairs(profile, rules.get(i)),
                        Line.Style.STAIRS,
                        Hue.of(i).css()))
                .toList();
        return new Chart(
                "Share of tasks within tau",
                cost == Cost.STEPS ? "by steps to the target" : "by time to the target",
                "tau: times the best rule's",
                Chart.Fit.FROM_ZERO,
                lines);
    }

    private static Curve stairs(PerformanceProfile profile, String rule) {
        List<Double> at = new ArrayList<>(List.of(1.0));
        profile.row(rule).stream()
                .filter(ratio -> ratio > 1 && ratio < FARTHEST)
                .sorted()
                .forEach(at::add);
        at.add(FARTHEST);
        return Curve.of(at, Double::doubleValue, tau -> profile.share(rule, tau));
    }

    private Element places() {
        List<List<String>> rows = new ArrayList<>();
        for (Cost cost : Cost.values()) {
            for (Results.Place place : results.places(cost)) {
                rows.add(List.of(
                        place.rule(),
                        cost == Cost.STEPS ? "steps" : "time",
                        "%.2f".formatted(place.score()),
                        "%.2f to %.2f"
                                .formatted(
                                        place.interval().low(), place.interval().high())));
            }
        }
        return Element.of("div", new Table(List.of("rule", "by", "score", "over other seeds (95 %)"), rows).element())
                .classed("plan");
    }

    private Element searched() {
        List<List<String>> rows = new ArrayList<>();
        for (Contender rule : results.comparison().contenders()) {
            for (Range range : rule.space().ranges()) {
                rows.add(List.of(
                        rule.name(),
                        range.name(),
                        Numbers.text(range.low()),
                        Numbers.text(range.high()),
                        range.isFixed() ? "fixed" : range.scale().toString()));
            }
        }
        return Page.section(
                "What was searched",
                Element.of(
                                "div",
                                new Table(List.of("rule", "setting", "from", "to", "evenly on the scale"), rows)
                                        .element(),
                                Element.text(
                                        "p",
                                        "What is not listed stands as it is by default, or as the rule's text says."))
                        .classed("grid2"));
    }

    private Element how() {
        Comparison asked = results.comparison();
        List<String> sentences = new ArrayList<>(
                List.of(
                        "Budget of each rule on each task: %s, %s."
                                .formatted(asked.budget().text(), asked.tuning().words()),
                        "Settings number n of a rule are the same on every task: they follow from seed %d alone, and so does every trial's first"
                                        .formatted(asked.seed())
                                + " weights and order of examples.",
                        "Tuning chooses by the validation figure at a trial's end; a trial that diverged is never chosen.",
                        "Final runs: %,d for each rule and task with the settings chosen, seeds %d to %d; one that diverged counts with its untrained"
                                        .formatted(asked.seeds(), asked.seed() + 1, asked.seed() + asked.seeds())
                                + " network's figure.",
                        "Every trial goes at %s.".formatted(asked.pace().words()),
                        "Steps to a target are known to a twentieth of a run; times are those of steps alone, without scores."));
        results.tasks()
                .forEach(task ->
                        sentences.add(task.task() + ": " + task.words() + "; %,d steps.".formatted(task.steps())));
        results.trials().stream()
                .map(Trial::place)
                .distinct()
                .forEach(place -> sentences.add("Trials ran with %d %s each, %d at a time."
                        .formatted(place.threads(), place.threads() == 1 ? "thread" : "threads", place.jobs())));
        sentences.add("%s, %d cores, %s, Java %s."
                .formatted(
                        results.machine().processor(),
                        results.machine().cores(),
                        results.machine().system(),
                        results.machine().java()));
        Element list = Element.of(
                "ul", sentences.stream().map(text -> Element.text("li", text)).toList());
        return command.isEmpty()
                ? Page.section("How", list)
                : Page.section("How", list, Element.text("pre", command).classed("wrapped"));
    }
}
