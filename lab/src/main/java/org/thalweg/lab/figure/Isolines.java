package org.thalweg.lab.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of equal height by marching squares: each cell of the grid is cut by straight pieces between the places on its
 * edges where the height is reached. Where a cell is a saddle, the mean of its corners tells which of them belong together.
 *
 * <p>Source: Maple, Geometric design and space planning using the marching squares and marching cube algorithms, 2003.
 */
public final class Isolines {
    private Isolines() {}

    /** A straight piece of a line. */
    public record Piece(double fromX, double fromY, double toX, double toY) {}

    /** A corner of a cell. */
    private record Corner(double x, double y, double z) {}

    /** A place on an edge. */
    private record Place(double x, double y) {}

    /** The pieces at one height; cells with a corner that is not finite have none. */
    public static List<Piece> at(double level, Field field) {
        List<Piece> pieces = new ArrayList<>();
        for (int row = 0; row + 1 < field.y().length; row++) {
            for (int column = 0; column + 1 < field.x().length; column++) {
                if (crosses(level, field.z(), column, row)) {
                    cut(level, cell(field, column, row), pieces);
                }
            }
        }
        return pieces;
    }

    /** Few cells are, so that nothing is made of the others. */
    private static boolean crosses(double level, double[][] z, int column, int row) {
        boolean above = z[row][column] >= level;
        return above != (z[row][column + 1] >= level)
                || above != (z[row + 1][column] >= level)
                || above != (z[row + 1][column + 1] >= level);
    }

    /** Anticlockwise. */
    private static List<Corner> cell(Field field, int column, int row) {
        return List.of(
                corner(field, column, row),
                corner(field, column + 1, row),
                corner(field, column + 1, row + 1),
                corner(field, column, row + 1));
    }

    private static Corner corner(Field field, int column, int row) {
        return new Corner(field.x()[column], field.y()[row], field.z()[row][column]);
    }

    private static void cut(double level, List<Corner> corners, List<Piece> pieces) {
        double mean = corners.stream().mapToDouble(Corner::z).average().orElse(Double.NaN);
        if (!Double.isFinite(mean)) {
            return;
        }
        List<Place> places = new ArrayList<>(4);
        for (int i = 0; i < 4; i++) {
            Corner from = corners.get(i);
            Corner to = corners.get((i + 1) % 4);
            if ((from.z >= level) != (to.z >= level)) {
                double share = (level - from.z) / (to.z - from.z);
                places.add(new Place(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)));
            }
        }
        if (places.size() == 2) {
            pieces.add(piece(places.get(0), places.get(1)));
        } else if (places.size() == 4) {
            // Places lie on the edges 0 to 3 then; the first corner lies between the last edge and the first.
            boolean firstCutOff = (corners.getFirst().z >= level) != (mean >= level);
            pieces.add(piece(places.get(0), places.get(firstCutOff ? 3 : 1)));
            pieces.add(piece(places.get(2), places.get(firstCutOff ? 1 : 3)));
        }
    }

    private static Piece piece(Place from, Place to) {
        return new Piece(from.x, from.y, to.x, to.y);
    }
}
