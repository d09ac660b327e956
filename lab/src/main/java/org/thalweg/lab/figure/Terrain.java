package org.thalweg.lab.figure;

import java.util.List;

/**
 * A function of two variables, the ways that were taken through it, and what else is to be seen there: what a map and a
 * surface show.
 *
 * @param title what the height is
 * @param across the name of x
 * @param upwards the name of y
 * @param field fine enough for smooth lines of equal height
 * @param tracks one above the other
 * @param marks below the tracks
 */
public record Terrain(
        String title,
        String across,
        String upwards,
        Field field,
        Heights heights,
        List<Track> tracks,
        List<Mark> marks) {
    public Terrain {
        tracks = List.copyOf(tracks);
        marks = List.copyOf(marks);
    }
}
