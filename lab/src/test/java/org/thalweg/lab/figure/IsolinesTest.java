package org.thalweg.lab.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class IsolinesTest {
    private static double length(Isolines.Piece piece) {
        return Math.hypot(piece.toX() - piece.fromX(), piece.toY() - piece.fromY());
    }

    @Test
    void a_cone_has_circles() {
        Field field = Field.of(Window.around(2), 201, 201, Math::hypot);
        List<Isolines.Piece> pieces = Isolines.at(1.3, field);
        assertThat(pieces).allSatisfy(piece -> {
            assertThat(Math.hypot(piece.fromX(), piece.fromY())).isEqualTo(1.3, within(2e-4));
            assertThat(Math.hypot(piece.toX(), piece.toY())).isEqualTo(1.3, within(2e-4));
        });
        assertThat(pieces.stream().mapToDouble(IsolinesTest::length).sum()).isEqualTo(2 * Math.PI * 1.3, within(2e-3));
    }

    @Test
    void a_plane_has_one_straight_line() {
        Field field = Field.of(new Window(0, 3, 0, 1), 4, 2, (x, y) -> 2 * x);
        assertThat(Isolines.at(3, field)).containsExactly(new Isolines.Piece(1.5, 0, 1.5, 1));
    }

    @Test
    void in_a_saddle_the_mean_tells_which_corners_belong_together() {
        double[] ends = {0, 1};
        // Corners anticlockwise from the lower left: 1, 0, 1, 0; their mean is 0.5.
        Field field = new Field(ends, ends, new double[][] {{1, 0}, {0, 1}});
        // At 0.4 the high corners are joined, and each low one is cut off.
        assertThat(Isolines.at(0.4, field))
                .containsExactly(new Isolines.Piece(0.6, 0, 1, 0.4), new Isolines.Piece(0.4, 1, 0, 0.6));
        // At 0.6 the low corners are joined, and each high one is cut off.
        assertThat(Isolines.at(0.6, field))
                .containsExactly(new Isolines.Piece(0.4, 0, 0, 0.4), new Isolines.Piece(0.6, 1, 1, 0.6));
    }

    @Test
    void cells_without_numbers_have_no_line() {
        Field field = Field.of(Window.around(1), 21, 21, (x, y) -> Math.log(x));
        assertThat(Isolines.at(-1, field)).isNotEmpty().allMatch(piece -> piece.fromX() > 0);
    }
}
