package org.thalweg.train.model.layer;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.data.Shape;

/** A function of each value by itself. */
public sealed interface Activation extends Plain {
    @Override
    default Shape output(Shape input) {
        return input;
    }

    /** The larger of the value and zero. */
    record Relu() implements Activation {
        @Override
        public String kind() {
            return "relu";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.relu(value);
        }
    }

    /**
     * The value where it is positive, else a share of it (Maas, Hannun and Ng, 2013).
     *
     * @param slope that share, finite
     */
    record LeakyRelu(double slope) implements Activation {
        public LeakyRelu {
            Check.finite(slope, "slope of a leaky ReLU");
        }

        /** A hundredth. */
        public LeakyRelu() {
            this(0.01);
        }

        @Override
        public String kind() {
            return "leaky";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            Scalar share = new Scalar(slope);
            return (value, _) -> torch.leaky_relu(value, share);
        }
    }

    /**
     * The value where it is positive, else {@code alpha (exp(x) - 1)} (Clevert, Unterthiner and Hochreiter, ICLR 2016).
     *
     * @param alpha above 0
     */
    record Elu(double alpha) implements Activation {
        public Elu {
            Check.positive(alpha, "alpha of an ELU");
        }

        /** Alpha 1. */
        public Elu() {
            this(1);
        }

        @Override
        public String kind() {
            return "elu";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            Scalar one = new Scalar(1.0);
            Scalar below = new Scalar(alpha);
            return (value, _) -> torch.elu(value, below, one, one);
        }
    }

    /**
     * The value times the normal distribution function of it (Hendrycks and Gimpel, arXiv:1606.08415).
     *
     * @param tanh whether by the approximation with a hyperbolic tangent, as GPT-2 has it
     */
    record Gelu(boolean tanh) implements Activation {
        /** Exact. */
        public Gelu() {
            this(false);
        }

        @Override
        public String kind() {
            return "gelu";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.gelu(value, tanh ? "tanh" : "none");
        }
    }

    /** The value times its logistic function, also known as swish. */
    record Silu() implements Activation {
        @Override
        public String kind() {
            return "silu";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.silu(value);
        }
    }

    /** The hyperbolic tangent. */
    record Tanh() implements Activation {
        @Override
        public String kind() {
            return "tanh";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.tanh(value);
        }
    }

    /** The logistic function. */
    record Sigmoid() implements Activation {
        @Override
        public String kind() {
            return "sigmoid";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.sigmoid(value);
        }
    }

    /** {@code log(1 + exp(x))}. */
    record Softplus() implements Activation {
        @Override
        public String kind() {
            return "softplus";
        }

        @Override
        public Stage stage(Shape input, Weights weights) {
            return (value, _) -> torch.softplus(value);
        }
    }
}
