package org.thalweg.train.model;

/** One layer of a {@link Model}: what it computes, without the sizes that follow from its input. */
public sealed interface Layer {
    /** The short name that layers of this kind are numbered under, as in {@code conv1}. */
    String kind();

    /**
     * Affine map of a vector; an image is flattened first.
     *
     * @param outputs features that come out, at least 1
     */
    record Linear(int outputs) implements Layer {
        public Linear {
            atLeast(1, outputs, "outputs of a linear layer");
        }

        @Override
        public String kind() {
            return "linear";
        }
    }

    /**
     * Convolution of an image with square kernels, stride 1.
     *
     * @param channels channels that come out, at least 1
     * @param kernel side of the kernel, at least 1
     * @param padding zeros added on each side, at least 0
     */
    record Conv2d(int channels, int kernel, int padding) implements Layer {
        public Conv2d {
            atLeast(1, channels, "channels of a convolution");
            atLeast(1, kernel, "kernel of a convolution");
            atLeast(0, padding, "padding of a convolution");
        }

        /** Without padding. */
        public Conv2d(int channels, int kernel) {
            this(channels, kernel, 0);
        }

        @Override
        public String kind() {
            return "conv";
        }
    }

    /**
     * Batch normalisation over each channel of an image or each feature of a vector (Ioffe and Szegedy, 2015): the batch's
     * statistics in training, running averages (momentum 0.1) in evaluation, epsilon 1e-5.
     */
    record BatchNorm() implements Layer {
        @Override
        public String kind() {
            return "norm";
        }
    }

    /** The larger of the value and zero. */
    record Relu() implements Layer {
        @Override
        public String kind() {
            return "relu";
        }
    }

    /**
     * The largest value of each square of an image, the squares side by side; a rest at the border is left out.
     *
     * @param size side of the square, at least 1
     */
    record MaxPool(int size) implements Layer {
        public MaxPool {
            atLeast(1, size, "size of a max-pool");
        }

        @Override
        public String kind() {
            return "pool";
        }
    }

    /** An image as one vector. */
    record Flatten() implements Layer {
        @Override
        public String kind() {
            return "flatten";
        }
    }

    /**
     * In training, each value is zeroed at random and the rest scaled up to keep the mean.
     *
     * @param probability of a zero, in [0, 1)
     */
    record Dropout(double probability) implements Layer {
        public Dropout {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(
                        "the probability of dropout must be in [0, 1), but is " + probability);
            }
        }

        @Override
        public String kind() {
            return "dropout";
        }
    }

    private static void atLeast(int least, int value, String what) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, but is %d".formatted(what, least, value));
        }
    }
}
