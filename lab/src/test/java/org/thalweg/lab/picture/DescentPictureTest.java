package org.thalweg.lab.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.DescentView;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.problem.Beale;
import org.thalweg.lab.problem.NoisyQuadratic;
import org.thalweg.lab.problem.Problem;

class DescentPictureTest {
    private static BufferedImage draw(Problem problem, int rules) {
        Descent descent = new Descent(problem).steps(200);
        var trajectories = Arrays.stream(new String[rules])
                .map(_ -> descent.run(RatedRule.parse("sgd:lr=0.001")))
                .toList();
        return DescentPicture.draw(new DescentView(descent, trajectories)).image();
    }

    private static Set<Integer> colours(BufferedImage image, int left, int top, int right, int bottom) {
        Set<Integer> colours = new HashSet<>();
        for (int x = left; x < right; x++) {
            for (int y = top; y < bottom; y++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        return colours;
    }

    private static int rgb(Hue hue) {
        return hue.colour().getRGB() & 0xFFFFFF;
    }

    @Test
    void has_a_map_with_the_way_its_loss_and_a_legend() {
        BufferedImage image = draw(new Beale(), 1);
        assertThat(colours(image, 110, 150, 900, 950)).contains(rgb(Hue.BLUE));
        assertThat(colours(image, 1150, 150, 1760, 900)).contains(rgb(Hue.BLUE));
        assertThat(colours(image, 1100, 960, 1180, 1040)).contains(rgb(Hue.BLUE));
    }

    @Test
    void without_a_plane_the_losses_have_the_room() {
        BufferedImage image = draw(new NoisyQuadratic(), 2);
        assertThat(colours(image, 100, 150, 900, 900)).contains(rgb(Hue.ORANGE));
    }

    @Test
    void many_rules_still_fit() {
        BufferedImage image = draw(new Beale(), 20);
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1800, 1040);
        assertThat(colours(image, 1150, 150, 1760, 560).size()).isGreaterThan(5);
    }
}
