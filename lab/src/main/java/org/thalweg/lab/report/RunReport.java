package org.thalweg.lab.report;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.lab.picture.RunLog;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.train.metrics.Confusion;
import org.thalweg.train.metrics.Diagnosis;

/** A page about one run: its course, what the trained network confuses, how it was made, and how to make it again. */
public final class RunReport {
    /** What the page is called in a run's directory. */
    public static final String FILE = "report.html";

    private final RunFiles run;

    private RunReport(RunFiles run) {
        this.run = run;
    }

    /**
     * Writes the page of a run.
     *
     * @param directory one that {@code thalweg train} has made
     * @param file is overwritten; its folder is made if need be
     * @throws IllegalArgumentException if the directory is no run's, or the file a folder
     * @throws org.thalweg.train.data.DataException if the run holds no step yet, or is damaged
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Path directory, Path file) {
        new RunReport(RunFiles.read(directory)).page().write(file);
    }

    /** The page of a run as text. */
    static String page(Path directory) {
        return new RunReport(RunFiles.read(directory)).page().text();
    }

    private Page page() {
        List<Node> sections = new ArrayList<>();
        sections.add(new ReportHeader(run).header());
        sections.add(diagnosis());
        sections.add(Page.charts("Course", new CurveFigures(run.log()).course()));
        noise().ifPresent(sections::add);
        charts(new CurveFigures(run.log()).layers()).ifPresent(sections::add);
        confusion().ifPresent(sections::add);
        mistakes().ifPresent(sections::add);
        sections.addAll(new SettingsSections(run).sections());
        return new Page(run.log().title() + " · " + run.name(), sections);
    }

    private Element diagnosis() {
        Diagnosis diagnosis = RunDiagnosis.of(run);
        Element words = Element.of(
                "p",
                Element.text("b", capitalised(diagnosis.verdict().words())),
                new Node.Text(": " + diagnosis.evidence() + "."));
        Element section = Element.of("section", words)
                .classed("diagnosis " + (diagnosis.remedies().isEmpty() ? "good" : "warn"));
        return diagnosis.remedies().isEmpty()
                ? section
                : section.and(Element.text("p", "To try: " + String.join("; then ", diagnosis.remedies()) + "."));
    }

    private static String capitalised(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private Optional<Node> noise() {
        List<RunLog.Noise> noise = run.log().noise();
        return noise.isEmpty()
                ? Optional.empty()
                : Optional.of(Element.of(
                                "section",
                                Element.text(
                                        "p", capitalised(noise.getLast().scale().advice()) + "."))
                        .classed("diagnosis good"));
    }

    private static Optional<Node> charts(List<Chart> layers) {
        return layers.isEmpty()
                ? Optional.empty()
                : Optional.of(Page.charts("Layers, from input (blue) to output (orange)", layers));
    }

    private Optional<Node> confusion() {
        return ConfusionFigure.confusion(run.examination()).map(this::confusion);
    }

    private Node confusion(Confusion confusion) {
        ConfusionFigure figure = new ConfusionFigure(confusion, run::className);
        List<Node> tables = new ArrayList<>();
        if (!confusion.mostFrequent(1).isEmpty()) {
            tables.add(figure.mixUps());
        }
        tables.add(figure.byClass());
        return Page.section(
                "What was taken for what",
                Element.of("div", figure.figure(), Element.of("div", tables)).classed("grid2"));
    }

    private Optional<Node> mistakes() {
        List<Element> cards = new MistakeCards(run.examination(), run::className).cards();
        return cards.isEmpty()
                ? Optional.empty()
                : Optional.of(Page.section(
                        "The worst mistakes", Element.of("div", cards).classed("mistakes")));
    }
}
