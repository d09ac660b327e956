package org.thalweg.lab.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.thalweg.train.Score;

class LineTest {
    private static Line line(double... losses) {
        return new Line(
                new Axis(0, 1, losses.length),
                DoubleStream.of(losses).mapToObj(value -> new Score(value, 0.5)).toList());
    }

    @Test
    void barriers_and_rises_are_known_of_known_lines() {
        assertThat(line(3, 2, 1).barrier()).isZero();
        assertThat(line(3, 2, 1).rise()).isZero();
        assertThat(line(1, 4, 1).barrier()).isEqualTo(3);
        assertThat(line(4, 4, 2).barrier()).isEqualTo(1); // above the mean of its ends, though it never rises
        assertThat(line(4, 4, 2).rise()).isZero();
        assertThat(line(5, 1, 3, 2, 2.5).rise()).isEqualTo(2);
        assertThat(line(5, 4.5, 4, 1, 4).barrier()).isZero();
    }

    @Test
    void what_lies_beyond_the_ends_does_not_count() {
        Line line = new Line(
                new Axis(-1, 2, 4),
                DoubleStream.of(9, 1, 2, 9)
                        .mapToObj(value -> new Score(value, 0.5))
                        .toList());
        assertThat(line.barrier()).isZero();
        assertThat(line.rise()).isEqualTo(1);
    }

    @Test
    void a_lines_axis_holds_both_ends() {
        for (int count : List.of(2, 13, 51, 52, 101)) {
            Axis axis = Axis.alongLine(count);
            assertThat(axis.values()).hasSize(count);
            assertThat(axis.values().stream().filter(t -> Math.abs(t) < 1e-12)).hasSize(1);
            assertThat(axis.values().stream().filter(t -> Math.abs(t - 1) < 1e-12))
                    .hasSize(1);
        }
        assertThat(new Axis(-1, 1, 51).at(25)).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new Axis(1, 1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Axis(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Axis(0, Double.POSITIVE_INFINITY, 5));
    }
}
