package org.thalweg.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thalweg.lab.landscape.Axis;
import org.thalweg.lab.landscape.LandscapePage;
import org.thalweg.lab.landscape.LandscapeStudy;
import org.thalweg.lab.landscape.Profile;
import org.thalweg.lab.landscape.Surroundings;
import org.thalweg.lab.landscape.Survey;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.trained.TrainedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg landscape}. */
@Command(
        name = "landscape",
        description = "The loss around a trained network: along lines and over planes. Points are saved as they come; a"
                + " command that was stopped goes on where it was.")
final class LandscapeCommand implements Runnable {
    /** What is looked at. */
    enum View {
        line,
        random,
        path
    }

    private final Console console;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = "--view",
            split = ",",
            description = "line: from the weights before training to those after it; random: the plane of two random"
                    + " directions, filter-normalised; path: the plane in which the checkpoints spread most, with the"
                    + " way through them (default: line,random; with --to: line).")
    private List<View> views = List.of();

    @Option(names = "--to", paramLabel = "RUN2", description = "Let the line lead to the network of another run.")
    private Optional<Path> other = Optional.empty();

    @Option(
            names = "--points",
            paramLabel = "N",
            defaultValue = "51",
            description = "On the line, and on each axis of a plane (default: ${DEFAULT-VALUE}).")
    private int points;

    @Option(
            names = "--reach",
            paramLabel = "R",
            defaultValue = "1",
            description = "How far the random plane reaches to each side; 1 is as far as the weights are long"
                    + " (default: ${DEFAULT-VALUE}).")
    private double reach;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw a picture as well.")
    private Optional<Path> png = Optional.empty();

    LandscapeCommand(Console console) {
        this.console = console;
    }

    /** The answer. */
    record Answer(String page, List<Between> lines, List<Over> planes) {}

    /** A line, with the numbers that tell it. */
    record Between(Profile profile, double barrier, double rise) {}

    /** A plane: losses row by row, from the lowest y. */
    record Over(
            String directions,
            List<Double> x,
            List<Double> y,
            List<List<Double>> losses,
            Optional<Surroundings.Way> way) {}

    @Override
    public void run() {
        try (TrainedRun run = options.open();
                StopSignals signals = StopSignals.listen(console.err());
                Counter counter = new Counter(console.err())) {
            Survey survey = new Survey(options.run().resolve("landscape"), signals::asked, counter);
            LandscapeStudy study = new LandscapeStudy(run, options.sample(), survey);
            List<Profile> lines = new ArrayList<>();
            List<Surroundings> planes = new ArrayList<>();
            for (View view : wanted()) {
                switch (view) {
                    case line -> lines.add(line(study, counter));
                    case random -> {
                        Axis axis = new Axis(-reach, reach, points);
                        counter.begin("the random plane", points * points);
                        planes.add(study.random(axis, axis, options.seed()));
                    }
                    case path -> {
                        counter.begin("the plane of the way", points * points);
                        planes.add(study.way(points));
                    }
                }
            }
            tell(new LandscapePage(options.subject(run), lines, planes));
        }
    }

    private Profile line(LandscapeStudy study, Counter counter) {
        counter.begin("the line", points);
        return other.isPresent()
                ? study.to(other.get(), Axis.alongLine(points))
                : study.fromStart(Axis.alongLine(points));
    }

    private Set<View> wanted() {
        if (!views.isEmpty()) {
            return new LinkedHashSet<>(views);
        }
        return other.isPresent() ? Set.of(View.line) : new LinkedHashSet<>(List.of(View.line, View.random));
    }

    private void tell(LandscapePage page) {
        Path file = options.html("landscape.html");
        page.write(file);
        png.ifPresent(page::picture);
        if (console.json()) {
            console.document(new Answer(
                    file.toString(),
                    page.profiles().stream()
                            .map(it -> new Between(
                                    it, it.train().barrier(), it.train().rise()))
                            .toList(),
                    page.surroundings().stream()
                            .map(it -> new Over(
                                    it.directions(),
                                    it.plane().x().values(),
                                    it.plane().y().values(),
                                    it.plane().losses(),
                                    it.way()))
                            .toList()));
            return;
        }
        for (Profile line : page.profiles()) {
            console.out()
                    .printf(
                            "From %s to %s: the loss rises by %s at most, and by %s above the line between its ends.%n",
                            line.from(),
                            line.to(),
                            Numbers.text(line.train().rise()),
                            Numbers.text(line.train().barrier()));
        }
        console.out().println(file);
        png.ifPresent(console.out()::println);
    }
}
