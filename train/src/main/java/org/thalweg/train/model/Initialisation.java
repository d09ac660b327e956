package org.thalweg.train.model;

import java.util.List;
import org.bytedeco.pytorch.FanModeType;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Nonlinearity;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.kFanIn;
import org.bytedeco.pytorch.kLeakyReLU;
import org.thalweg.optim.text.Forms;

/**
 * How matrices and the kernels of convolutions start. The shifts behind them start at zero, but with {@link Standard}; scales
 * and shifts of normalisation, embeddings and LSTMs start as their layers say.
 *
 * <p>The fan-in of a kernel is how many numbers each output sums up, the fan-out how many outputs each input goes into.
 */
public sealed interface Initialisation {
    /** Sets a kernel, of two dimensions or more. */
    void fill(Tensor kernel);

    /** Sets the shift behind a kernel. */
    default void fillBias(Tensor bias, long fanIn) {
        bias.zero_();
    }

    /** Which fan a deviation follows from. */
    enum Fan {
        /** Signals keep their size on the way forward. */
        IN,
        /** Gradients keep their size on the way back. */
        OUT;

        double of(Tensor kernel) {
            double window = kernel.numel() / (double) (kernel.size(0) * kernel.size(1));
            return kernel.size(this == IN ? 1 : 0) * window;
        }
    }

    /** libtorch's own: kernels and shifts uniform in plus or minus one over the root of the fan-in. */
    record Standard() implements Initialisation {
        private static final double SLOPE = Math.sqrt(5);

        @Override
        public void fill(Tensor kernel) {
            torch.kaiming_uniform_(kernel, SLOPE, new FanModeType(new kFanIn()), new Nonlinearity(new kLeakyReLU()));
        }

        @Override
        public void fillBias(Tensor bias, long fanIn) {
            double bound = 1 / Math.sqrt(fanIn);
            bias.uniform_(-bound, bound, new GeneratorOptional());
        }
    }

    /**
     * Uniform, of deviation gain over the root of a fan (He et al., ICCV 2015).
     *
     * @param fan in or out
     * @param gain the root of 2 for ReLUs
     */
    record KaimingUniform(Fan fan, double gain) implements Initialisation {
        public KaimingUniform {
            positive(gain);
        }

        /** For ReLUs, by the fan-in. */
        public KaimingUniform() {
            this(Fan.IN, Math.sqrt(2));
        }

        @Override
        public void fill(Tensor kernel) {
            double bound = gain * Math.sqrt(3 / fan.of(kernel));
            kernel.uniform_(-bound, bound, new GeneratorOptional());
        }
    }

    /**
     * Normal, of deviation gain over the root of a fan (He et al., ICCV 2015, equations 10 and 14).
     *
     * @param fan in or out
     * @param gain the root of 2 for ReLUs
     */
    record KaimingNormal(Fan fan, double gain) implements Initialisation {
        public KaimingNormal {
            positive(gain);
        }

        /** For ReLUs, by the fan-in. */
        public KaimingNormal() {
            this(Fan.IN, Math.sqrt(2));
        }

        @Override
        public void fill(Tensor kernel) {
            kernel.normal_(0, gain / Math.sqrt(fan.of(kernel)), new GeneratorOptional());
        }
    }

    /**
     * Uniform, of variance gain squared over the mean of both fans (Glorot and Bengio, AISTATS 2010, equation 16).
     *
     * @param gain 1 for linear and hyperbolic tangent
     */
    record XavierUniform(double gain) implements Initialisation {
        public XavierUniform {
            positive(gain);
        }

        /** Gain 1. */
        public XavierUniform() {
            this(1);
        }

        @Override
        public void fill(Tensor kernel) {
            torch.xavier_uniform_(kernel, gain);
        }
    }

    /**
     * Normal, of variance gain squared over the mean of both fans (Glorot and Bengio, AISTATS 2010, equation 12).
     *
     * @param gain 1 for linear and hyperbolic tangent
     */
    record XavierNormal(double gain) implements Initialisation {
        public XavierNormal {
            positive(gain);
        }

        /** Gain 1. */
        public XavierNormal() {
            this(1);
        }

        @Override
        public void fill(Tensor kernel) {
            torch.xavier_normal_(kernel, gain);
        }
    }

    /**
     * Rows, or columns where there are fewer of them, orthogonal to each other and of length gain (Saxe, McClelland and
     * Ganguli, ICLR 2014).
     *
     * @param gain 1 for linear
     */
    record Orthogonal(double gain) implements Initialisation {
        public Orthogonal {
            positive(gain);
        }

        /** Gain 1. */
        public Orthogonal() {
            this(1);
        }

        @Override
        public void fill(Tensor kernel) {
            torch.orthogonal_(kernel, gain);
        }
    }

    /**
     * Normal, of the same deviation everywhere; 0.02 is GPT's (Radford et al., 2018, section 4.1).
     *
     * @param deviation above 0
     */
    record Normal(double deviation) implements Initialisation {
        public Normal {
            positive(deviation);
        }

        /** Deviation 0.02. */
        public Normal() {
            this(0.02);
        }

        @Override
        public void fill(Tensor kernel) {
            kernel.normal_(0, deviation, new GeneratorOptional());
        }
    }

    /** Every initialisation with its defaults. */
    List<Initialisation> READY = List.of(
            new Standard(),
            new KaimingUniform(),
            new KaimingNormal(),
            new XavierUniform(),
            new XavierNormal(),
            new Orthogonal(),
            new Normal());

    /**
     * Reads {@code standard}, {@code kaiming-normal}, {@code kaiming-normal:fan=out,gain=1} and the like.
     *
     * @throws IllegalArgumentException if the text is none; the message says where and what was expected
     */
    static Initialisation parse(String text) {
        return (Initialisation) forms().parse(text);
    }

    /** The text that {@link #parse} reads, with the options that differ from the defaults. */
    static String format(Initialisation initialisation) {
        return forms().text((Record) initialisation);
    }

    private static Forms forms() {
        return Forms.byWholeName(
                "initialisation", READY.stream().map(Record.class::cast).toList());
    }

    private static void positive(double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "gain and deviation of an initialisation must be above 0 and finite, but got " + value);
        }
    }
}
