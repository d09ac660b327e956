package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.thalweg.optim.text.Forms;

/**
 * Something that varies a training example. What it draws depends on the seed, the epoch and the example alone, so that an
 * epoch is the same whichever thread copies which example when. Its text form is such as {@code crop:4}.
 */
public sealed interface Augmentation {
    /** Those that have a text form. */
    Forms READY = new Forms("augmentation", List.of(new Crop(4), new Flip(), new Cutout(8), new Mixup(0.2)));

    /**
     * Checks that it goes with the data.
     *
     * @throws IllegalArgumentException if not
     */
    void check(Shape shape, Task task);

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Augmentation parse(String text) {
        return (Augmentation) READY.parse(text);
    }

    /** The text form with every value. */
    static String format(Augmentation augmentation) {
        return Forms.format((Record) augmentation);
    }

    /** One that changes a single image in place. */
    sealed interface OfImage extends Augmentation {
        /**
         * Changes an image.
         *
         * @param shape its channels, height and width
         * @param image float32
         * @param random what to draw from
         */
        void change(Shape shape, MemorySegment image, SplitMix64 random);

        @Override
        default void check(Shape shape, Task task) {
            if (!shape.isImage()) {
                throw new IllegalArgumentException(
                        "the augmentation %s varies images, but an example here is %s".formatted(format(this), shape));
            }
        }
    }

    /**
     * Moves the image by up to so many pixels each way, uniformly: the same as padding it with zeros, which after
     * standardisation are the mean, and cutting out a piece of its size (Krizhevsky et al., NIPS 2012, and He et al., CVPR
     * 2016, section 4.2, with 4).
     *
     * @param padding at least 1
     */
    record Crop(int padding) implements OfImage {
        public Crop {
            atLeastOne("crop's padding", padding);
        }

        @Override
        public void change(Shape shape, MemorySegment image, SplitMix64 random) {
            int down = random.below(2 * padding + 1) - padding;
            int right = random.below(2 * padding + 1) - padding;
            MemorySegment from = MemorySegment.ofArray(image.toArray(ValueLayout.JAVA_BYTE));
            image.fill((byte) 0);
            long pixel = Float.BYTES;
            int across = shape.width() - Math.abs(right);
            for (int channel = 0; channel < shape.channels() && across > 0; channel++) {
                long plane = (long) channel * shape.area();
                for (int row = Math.max(0, -down); row < Math.min(shape.height(), shape.height() - down); row++) {
                    long source = plane + (long) (row + down) * shape.width() + Math.max(0, right);
                    long target = plane + (long) row * shape.width() + Math.max(0, -right);
                    MemorySegment.copy(from, source * pixel, image, target * pixel, across * pixel);
                }
            }
        }
    }

    /** Mirrors every second image, at random, left to right. */
    record Flip() implements OfImage {
        @Override
        public void change(Shape shape, MemorySegment image, SplitMix64 random) {
            if (random.below(2) == 0) {
                return;
            }
            int width = shape.width();
            for (long row = 0; row < (long) shape.channels() * shape.height(); row++) {
                for (int left = 0; left < width / 2; left++) {
                    long one = row * width + left;
                    long other = row * width + width - 1 - left;
                    float kept = image.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, one);
                    image.setAtIndex(
                            ValueLayout.JAVA_FLOAT_UNALIGNED,
                            one,
                            image.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, other));
                    image.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, other, kept);
                }
            }
        }
    }

    /**
     * Sets a square to zero, whose centre is anywhere in the image, so that part of it may lie outside (DeVries and Taylor,
     * arXiv 1708.04552, 2017).
     *
     * @param size of its sides in pixels, at least 1
     */
    record Cutout(int size) implements OfImage {
        public Cutout {
            atLeastOne("cutout's size", size);
        }

        @Override
        public void change(Shape shape, MemorySegment image, SplitMix64 random) {
            int top = random.below(shape.height()) - size / 2;
            int left = random.below(shape.width()) - size / 2;
            int from = Math.max(0, left);
            int to = (int) Math.min(shape.width(), (long) left + size);
            for (int channel = 0; channel < shape.channels(); channel++) {
                for (int row = Math.max(0, top); row < Math.min(shape.height(), (long) top + size); row++) {
                    long start = (long) channel * shape.area() + (long) row * shape.width();
                    image.asSlice((start + from) * Float.BYTES, (long) (to - from) * Float.BYTES)
                            .fill((byte) 0);
                }
            }
        }
    }

    /**
     * Mixes each example, input and target, with another drawn at random: {@code w*this + (1-w)*other} with w from the
     * distribution Beta(alpha, alpha) (Zhang et al., ICLR 2018, equation 2). Classes become probabilities.
     *
     * @param alpha from 0.001 to 1000: near 0 most examples stay nearly as they are, 1 gives uniform weights
     */
    record Mixup(double alpha) implements Augmentation {
        public Mixup {
            if (!(alpha >= 0.001 && alpha <= 1000)) {
                throw new IllegalArgumentException("mixup's alpha must be from 0.001 to 1000, but is " + alpha);
            }
        }

        @Override
        public void check(Shape shape, Task task) {
            if (shape.kind() == Shape.Kind.TOKENS) {
                throw new IllegalArgumentException("mixup mixes numbers, but an example here is " + shape);
            }
        }
    }

    private static void atLeastOne(String what, int size) {
        if (size < 1 || size > 1 << 20) {
            throw new IllegalArgumentException(what + " must be from 1 to 1048576, but is " + size);
        }
    }
}
