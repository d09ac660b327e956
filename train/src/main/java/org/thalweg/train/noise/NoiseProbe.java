package org.thalweg.train.noise;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.worker.Workers;

/**
 * Watches one batch's gradient come together piece by piece, and takes the norms that {@link GradientNorms} needs. The gradient
 * that is left has the same bits as without it. It takes the memory of one more gradient, until the surrounding {@link
 * org.bytedeco.javacpp.PointerScope} ends.
 */
public final class NoiseProbe {
    private final List<Tensor> parameters;
    private final Tensor[] sums;
    private final Workers workers;
    private int pieces;
    private double small;
    private Optional<GradientNorms> norms = Optional.empty();

    /**
     * For the gradients of these tensors, and the pieces that all workers have of them.
     *
     * @param workers who all watch the same batch
     */
    public NoiseProbe(List<Tensor> parameters, Workers workers) {
        this.workers = workers;
        this.parameters = List.copyOf(parameters);
        this.sums = new Tensor[parameters.size()];
        Arrays.setAll(sums, _ -> new Tensor());
    }

    /**
     * After a piece's backward pass: its gradient is measured and put aside, and zeros are left for the next.
     *
     * @param count examples in the piece; its gradient is that of their share of the batch's mean loss
     * @param all examples in the batch, of all workers together
     */
    public void piece(int count, int all) {
        double square = 0;
        for (int i = 0; i < sums.length; i++) {
            Tensor gradient = parameters.get(i).grad();
            if (gradient.defined()) {
                square += square(gradient);
                putAside(i, gradient);
            }
        }
        pieces++;
        small += square * all / count; // with the share s = count / all, |s g|^2 / s = s |g|^2
    }

    private void putAside(int i, Tensor gradient) {
        if (sums[i].defined()) {
            sums[i].add_(gradient);
        } else {
            sums[i] = gradient.clone();
        }
        gradient.zero_();
    }

    /** After the last piece: this worker's whole gradient is put back. */
    public void putBack() {
        for (int i = 0; i < sums.length; i++) {
            if (sums[i].defined()) {
                parameters.get(i).grad().copy_(sums[i]);
            }
        }
    }

    /**
     * After gradients are those of the whole batch: all workers call it together.
     *
     * @param all examples in the batch, of all workers together
     */
    public void finish(int all) {
        double[] together = workers.sum(pieces, small);
        double big = parameters.stream()
                .map(Tensor::grad)
                .filter(Tensor::defined)
                .mapToDouble(NoiseProbe::square)
                .sum();
        if (together[0] > 1) { // one alone has nothing to differ from
            norms = Optional.of(new GradientNorms((int) together[0], together[1], all, big));
        }
    }

    /** What was seen, if the batch had two pieces or more. */
    public Optional<GradientNorms> norms() {
        return norms;
    }

    /** Summed in double precision. */
    private static double square(Tensor gradient) {
        double norm = gradient.norm(new ScalarOptional(new Scalar(2)), ScalarType.Double)
                .item_double();
        return norm * norm;
    }
}
