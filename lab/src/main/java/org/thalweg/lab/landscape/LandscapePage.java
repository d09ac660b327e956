package org.thalweg.lab.landscape;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.picture.LandscapePicture;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.ContourMap;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.StudyPage;
import org.thalweg.lab.svg.Surface;

/**
 * A page about the loss around a trained network.
 *
 * @param subject of which run, over which examples
 * @param profiles lines
 * @param surroundings planes
 */
public record LandscapePage(String subject, List<Profile> profiles, List<Surroundings> surroundings) {
    public LandscapePage {
        profiles = List.copyOf(profiles);
        surroundings = List.copyOf(surroundings);
    }

    /** Writes the page; the file is overwritten, and its folder made if need be. */
    public void write(Path file) {
        List<Node> sections = new ArrayList<>();
        for (Profile profile : profiles) {
            sections.add(Page.section(
                    "From %s to %s".formatted(profile.from(), profile.to()),
                    Element.of(
                                    "div",
                                    LandscapeFigures.charts(profile).stream()
                                            .map(Chart::figure)
                                            .toList())
                            .classed("grid2")));
        }
        for (Surroundings around : surroundings) {
            Terrain terrain = LandscapeFigures.terrain(around);
            sections.add(Page.section(
                    "Over " + around.directions(),
                    Element.of("div", new ContourMap(terrain).figure(), new Surface(terrain).figure())
                            .classed("grid2")));
        }
        if (!surroundings.isEmpty()) {
            sections.addAll(Surface.library());
        }
        StudyPage.of("Loss landscape", subject, figures(), sections).write(file);
    }

    private SequencedMap<String, String> figures() {
        SequencedMap<String, String> figures = new LinkedHashMap<>();
        for (Profile profile : profiles) {
            figures.put("barrier on the line", Numbers.text(profile.train().barrier()));
            figures.put("largest rise on the way", Numbers.text(profile.train().rise()));
        }
        for (Surroundings around : surroundings) {
            double[] losses = around.plane().scores().stream()
                    .mapToDouble(score -> score.loss())
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            if (losses.length > 0) {
                figures.put("lowest on the plane", Numbers.text(losses[0]));
                figures.put("highest on the plane", Numbers.text(losses[losses.length - 1]));
            }
        }
        return figures;
    }

    /** Draws the first line and the first plane, of those that there are, as a PNG file. */
    public void picture(Path file) {
        List<LandscapePicture.Lines> lines = profiles.stream()
                .limit(1)
                .map(profile -> new LandscapePicture.Lines(
                        "Loss from %s (0) to %s (1)".formatted(profile.from(), profile.to()),
                        LandscapeFigures.curve(profile.train(), score -> score.loss()),
                        LandscapeFigures.curve(profile.test(), score -> score.loss())))
                .toList();
        List<Terrain> maps =
                surroundings.stream().limit(1).map(LandscapeFigures::terrain).toList();
        LandscapePicture.write(lines, maps, file);
    }
}
