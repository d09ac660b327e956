package org.thalweg.lab.landscape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Flatten;
import org.thalweg.train.model.layer.Linear;

class DirectionsTest {
    private Network network;
    private Place place;

    @BeforeEach
    void open() {
        Model model = new Model("small", List.of(new Conv2d(2, 3, 0), new BatchNorm(), new Flatten(), new Linear(3)));
        network = Network.build(model.plan(Shape.image(1, 4, 4)), 1);
        place = new Place(network);
    }

    @AfterEach
    void close() {
        network.close();
    }

    private float[] random(long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[place.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private Place.Part part(String name) {
        return place.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double norm(float[] vector, int from, int length) {
        return Math.sqrt(IntStream.range(from, from + length)
                .mapToDouble(i -> (double) vector[i] * vector[i])
                .sum());
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }

    @Test
    void each_filter_of_a_direction_is_as_long_as_the_networks_own_and_the_rest_is_zero() {
        float[] middle = random(4);
        float[] direction = Directions.filterNormalised(place, middle, SplitMix64.stream(9, 1));
        for (Place.Part part : place.parts()) {
            int length = part.size() / part.rows();
            for (int from = part.from(); from < part.from() + part.size(); from += length) {
                double expected = part.filters() ? norm(middle, from, length) : 0;
                assertThat(norm(direction, from, length)).isCloseTo(expected, within(1e-5));
            }
        }
        assertThat(Directions.filterNormalised(place, middle, SplitMix64.stream(9, 1)))
                .isEqualTo(direction);
        assertThat(Directions.filterNormalised(place, middle, SplitMix64.stream(9, 2)))
                .isNotEqualTo(direction);
    }

    /** Of the parameters alone: two filters of 9, their biases, scale and shift, and so on. */
    @Test
    void scales_are_the_root_mean_squares_of_filters() {
        float[] middle = random(4);
        double[] scales = Directions.filterScales(place, middle);
        assertThat(scales)
                .hasSize(network.parameters().stream()
                        .mapToInt(p -> (int) p.size())
                        .sum());
        Place.Part weight = part("conv1.weight");
        assertThat(weight.from()).isZero();
        assertThat(scales[0]).isCloseTo(norm(middle, 0, 9) / 3, within(1e-9));
        assertThat(scales[17]).isCloseTo(norm(middle, 9, 9) / 3, within(1e-9));
        assertThat(scales[18]).as("a bias").isZero();
        assertThat(IntStream.range(0, scales.length).filter(i -> scales[i] != 0).count())
                .isEqualTo(18 + 3 * 8);
    }

    /** A way that was made in a plane is found to lie in that plane, wherever biases went meanwhile. */
    @Test
    void the_plane_of_a_way_is_found() {
        float[] last = random(1);
        float[] u = filters(2);
        float[] v = filters(3);
        List<float[]> way = new ArrayList<>();
        for (double[] step : new double[][] {{9, 1}, {7, 2.5}, {4, 3}, {2, 1}, {1, 0.5}, {0, 0}}) {
            float[] at = last.clone();
            for (int i = 0; i < at.length; i++) {
                at[i] += (float) (step[0] * u[i] + step[1] * v[i]);
            }
            at[part("conv1.bias").from()] += (float) (step[0] * step[0]);
            way.add(at);
        }
        Directions.Principal plane = Directions.principal(place, way);
        assertThat(plane.explained().get(0) + plane.explained().get(1)).isCloseTo(1, within(1e-6));
        assertThat(plane.explained().get(0)).isGreaterThan(plane.explained().get(1));
        assertThat(norm(plane.first(), 0, place.size())).isCloseTo(1, within(1e-6));
        assertThat(dot(plane.first(), plane.second())).isCloseTo(0, within(1e-5));
        for (float[] direction : List.of(u, v)) {
            double along = Math.hypot(dot(direction, plane.first()), dot(direction, plane.second()));
            assertThat(along).isCloseTo(norm(direction, 0, place.size()), within(1e-4));
        }
        assertThat(plane.first()[part("conv1.bias").from()]).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Directions.principal(place, way.subList(0, 2)))
                .withMessageContaining("--keep 100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Directions.principal(place, List.of(last, last, last, last)))
                .withMessageContaining("one line");
    }

    private float[] filters(long seed) {
        float[] drawn = random(seed);
        for (Place.Part part : place.parts()) {
            for (int i = part.from(); !part.filters() && i < part.from() + part.size(); i++) {
                drawn[i] = 0;
            }
        }
        return drawn;
    }
}
