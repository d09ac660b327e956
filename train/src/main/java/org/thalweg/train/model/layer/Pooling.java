package org.thalweg.train.model.layer;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/** One value for each of several places in an image. */
public sealed interface Pooling extends Plain {
    @Override
    default String kind() {
        return "pool";
    }

    /**
     * The largest value of each square of an image; a rest at the border is left out.
     *
     * @param size side of the square, at least 1
     * @param stride from one square to the next, at least 1
     * @param padding around the image, on each side, at most half of the size; it is never the largest
     */
    record MaxPool(int size, int stride, int padding) implements Pooling {
        public MaxPool {
            checked(size, stride, padding, "max-pool");
        }

        /** Squares side by side. */
        public MaxPool(int size) {
            this(size, size, 0);
        }

        @Override
        public Shape output(Shape input) {
            return new Window(size, stride, padding).over(input, input.channels());
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            Window window = new Window(size, stride, padding);
            long[] undilated = {1, 1};
            return (value, _) ->
                    torch.max_pool2d(value, window.sizes(), window.strides(), window.paddings(), undilated, false);
        }
    }

    /**
     * The mean of each square of an image; a rest at the border is left out.
     *
     * @param size side of the square, at least 1
     * @param stride from one square to the next, at least 1
     * @param padding zeros around the image, on each side, at most half of the size; they count in the mean
     */
    record AveragePool(int size, int stride, int padding) implements Pooling {
        public AveragePool {
            checked(size, stride, padding, "average pool");
        }

        /** Squares side by side. */
        public AveragePool(int size) {
            this(size, size, 0);
        }

        @Override
        public Shape output(Shape input) {
            return new Window(size, stride, padding).over(input, input.channels());
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            Window window = new Window(size, stride, padding);
            LongOptional count = new LongOptional();
            return (value, _) ->
                    torch.avg_pool2d(value, window.sizes(), window.strides(), window.paddings(), false, true, count);
        }
    }

    /** The mean of each channel of an image: a vector. */
    record GlobalAveragePool() implements Pooling {
        @Override
        public Shape output(Shape input) {
            Misfit.unless(input.isImage(), "needs an image");
            return Shape.vector(input.channels());
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.adaptive_avg_pool2d(value, 1, 1).flatten(1, -1);
        }
    }

    /**
     * The means of equal parts of an image, as many as asked for whatever the image's size.
     *
     * @param size rows and columns of parts, at least 1
     */
    record AdaptiveAveragePool(int size) implements Pooling {
        public AdaptiveAveragePool {
            Check.atLeast(1, size, "size of an adaptive average pool");
        }

        @Override
        public Shape output(Shape input) {
            Misfit.unless(input.isImage(), "needs an image");
            return Shape.image(input.channels(), size, size);
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.adaptive_avg_pool2d(value, size, size);
        }
    }

    private static void checked(int size, int stride, int padding, String what) {
        Check.atLeast(1, size, "size of a " + what);
        Check.atLeast(1, stride, "stride of a " + what);
        Check.atLeast(0, padding, "padding of a " + what);
        Check.require(
                padding <= size / 2,
                "padding of a %s must be at most half of its size %d, but is %d".formatted(what, size, padding));
    }
}
