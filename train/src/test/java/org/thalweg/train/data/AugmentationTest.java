package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.train.data.Augmentation.Crop;
import org.thalweg.train.data.Augmentation.Cutout;
import org.thalweg.train.data.Augmentation.Flip;
import org.thalweg.train.data.Augmentation.Mixup;
import org.thalweg.train.data.Augmentation.OfImage;

class AugmentationTest {
    private static final Shape SHAPE = Shape.image(2, 3, 4);

    private static float[] counting() {
        float[] image = new float[24];
        for (int i = 0; i < 24; i++) {
            image[i] = i + 1;
        }
        return image;
    }

    private static float[] changed(OfImage augmentation, long seed) {
        MemorySegment image = java.lang.foreign.Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, counting());
        augmentation.change(SHAPE, image, new SplitMix64(seed));
        return image.toArray(ValueLayout.JAVA_FLOAT);
    }

    private static float pixel(float[] image, int channel, int row, int column) {
        boolean inside = row >= 0 && row < 3 && column >= 0 && column < 4;
        return inside ? image[channel * 12 + row * 4 + column] : 0;
    }

    /** Every crop is the padded image from one of the (2p+1)^2 places, and each place comes up. */
    @Test
    void cropsAreWindowsOfThePaddedImage() {
        for (int padding : new int[] {1, 2, 5}) {
            Set<List<Integer>> places = new HashSet<>();
            for (long seed = 0; seed < 3000; seed++) {
                float[] crop = changed(new Crop(padding), seed);
                SplitMix64 same = new SplitMix64(seed);
                int down = same.below(2 * padding + 1) - padding;
                int right = same.below(2 * padding + 1) - padding;
                places.add(List.of(down, right));
                for (int i = 0; i < 24; i++) {
                    assertThat(crop[i]).isEqualTo(pixel(counting(), i / 12, i % 12 / 4 + down, i % 4 + right));
                }
            }
            assertThat(places).hasSize((2 * padding + 1) * (2 * padding + 1));
        }
    }

    @Test
    void halfOfTheImagesAreMirrored() {
        int mirrored = 0;
        for (long seed = 0; seed < 2000; seed++) {
            float[] image = changed(new Flip(), seed);
            boolean same = image[0] == 1;
            mirrored += same ? 0 : 1;
            for (int i = 0; i < 24; i++) {
                assertThat(image[i]).isEqualTo(same ? i + 1 : pixel(counting(), i / 12, i % 12 / 4, 3 - i % 4));
            }
        }
        assertThat(mirrored).isBetween(900, 1100);
    }

    @Test
    void cutoutZeroesOneSquareOfAllChannels() {
        Set<Integer> centres = new HashSet<>();
        for (long seed = 0; seed < 500; seed++) {
            float[] image = changed(new Cutout(2), seed);
            SplitMix64 same = new SplitMix64(seed);
            int top = same.below(3) - 1;
            int left = same.below(4) - 1;
            centres.add(top * 4 + left);
            for (int i = 0; i < 24; i++) {
                int row = i % 12 / 4;
                int column = i % 4;
                boolean cut = row >= top && row < top + 2 && column >= left && column < left + 2;
                assertThat(image[i]).isEqualTo(cut ? 0 : i + 1);
            }
        }
        assertThat(centres).hasSize(12);
        assertThat(changed(new Cutout(1 << 20), 1)).containsOnly(0);
    }

    private static Examples images() {
        MemorySegment inputs = MemoryExamples.floats(10 * 24);
        for (int i = 0; i < 240; i++) {
            inputs.setAtIndex(ValueLayout.JAVA_FLOAT, i, i);
        }
        return MemoryExamples.classes(SHAPE, 10, inputs, IntStream.range(0, 10).toArray());
    }

    private static Examples augmented(Augmentation... augmentations) {
        return new AugmentedExamples(images(), List.of(augmentations), 0, 0);
    }

    @Test
    void anExampleDependsOnSeedEpochAndRowAlone() {
        Examples all = augmented(new Crop(1), new Flip(), new Mixup(0.4));
        Examples epoch = all.inEpoch(4, 7);
        List<float[]> forwards =
                IntStream.range(0, 10).mapToObj(row -> Copies.input(epoch, row)).toList();
        for (int row = 9; row >= 0; row--) {
            assertThat(Copies.input(all.inEpoch(4, 7), row)).isEqualTo(forwards.get(row));
        }
        assertThat(IntStream.range(0, 10)
                        .filter(row ->
                                java.util.Arrays.equals(Copies.input(all.inEpoch(4, 8), row), forwards.get(row))))
                .hasSizeLessThan(5);
        assertThat(IntStream.range(0, 10)
                        .filter(row ->
                                java.util.Arrays.equals(Copies.input(all.inEpoch(5, 7), row), forwards.get(row))))
                .hasSizeLessThan(5);
    }

    /** Pixels count up over all examples, so that weight and partner can be read from any two of them, and from the target. */
    @Test
    void mixupMixesInputAndTargetAlike() {
        Examples mixed = augmented(new Mixup(1)).inEpoch(2, 1);
        assertThat(mixed.targetLayout()).isEqualTo(Layout.floats(10));
        for (int row = 0; row < 10; row++) {
            float[] target = Copies.numbers(mixed, row);
            double sum = 0;
            double mean = 0;
            for (int i = 0; i < 10; i++) {
                sum += target[i];
                mean += target[i] * i;
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
            assertThat(IntStream.range(0, 10).filter(i -> target[i] > 0).count())
                    .isLessThanOrEqualTo(2);
            float[] input = Copies.input(mixed, row);
            for (int i = 0; i < 24; i++) {
                assertThat((double) input[i]).isCloseTo(24 * mean + i, within(1e-3));
            }
        }
    }

    /** Mean 1/2 and variance 1/(4(2a+1)) of Beta(a, a). */
    @Test
    void weightsComeFromTheBetaDistribution() {
        for (double alpha : new double[] {0.2, 1, 4}) {
            SplitMix64 random = new SplitMix64(1);
            double mean = 0;
            double square = 0;
            int n = 100_000;
            for (int i = 0; i < n; i++) {
                double weight = random.beta(alpha);
                assertThat(weight).isBetween(0.0, 1.0);
                mean += weight / n;
                square += weight * weight / n;
            }
            assertThat(mean).isCloseTo(0.5, within(0.005));
            assertThat(square - mean * mean).isCloseTo(1 / (4 * (2 * alpha + 1)), within(0.002));
        }
    }

    @Test
    void refusesWhatItDoesNotGoWith() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Flip().check(Shape.vector(3), new Task.Classification(2)))
                .withMessageContaining("flip varies images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Mixup(1).check(Shape.tokens(3), new Task.NextToken(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.parse("crop:0"));
        assertThatIllegalArgumentException().isThrownBy(() -> Augmentation.parse("mixup:0"));
        assertThat(Augmentation.format(Augmentation.parse("cutout:16"))).isEqualTo("cutout:16");
    }
}
