package org.thalweg.train.model.layer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.engine.Tensors;

/** Batch normalisation at work. */
final class BatchStatistics implements Stage {
    private final BatchNorm norm;
    private final TensorOptional scale;
    private final TensorOptional shift;
    private final TensorOptional mean;
    private final TensorOptional variance;
    private final MemorySegment batches;
    private final Weights weights;
    private final Optional<JointStatistics> joint;

    /** @param joint where statistics are those of all workers' examples; ghost batches are each worker's own all the same */
    BatchStatistics(BatchNorm norm, Weights weights, Optional<JointStatistics> joint) {
        this.norm = norm;
        this.weights = weights;
        this.joint = joint.filter(_ -> norm.ghost() == 0);
        this.scale = weights.optional("weight");
        this.shift = weights.optional("bias");
        this.mean = weights.optional("running_mean");
        this.variance = weights.optional("running_var");
        this.batches = Tensors.segment(weights.get("num_batches_tracked"));
    }

    @Override
    public Tensor forward(Tensor input, boolean training) {
        if (training) {
            batches.set(ValueLayout.JAVA_LONG, 0, batches.get(ValueLayout.JAVA_LONG, 0) + 1);
        }
        if (training && joint.isPresent()) {
            return normaliseJointly(input, joint.get());
        }
        long count = input.size(0);
        long chunks = training && norm.ghost() > 0 ? Math.max(1, count / norm.ghost()) : 1;
        return chunks == 1 ? normalise(input, training, norm.momentum()) : inChunks(input, count, chunks);
    }

    private Tensor normaliseJointly(Tensor input, JointStatistics jointly) {
        JointStatistics.Statistics found = jointly.of(input);
        try (NoGradGuard _ = new NoGradGuard()) {
            double bessel = found.count() / (found.count() - 1);
            moveTo("running_mean", found.mean().detach());
            moveTo("running_var", found.variance().detach().mul(new Scalar(bessel)));
        }
        Tensor slope = found.variance().add(new Scalar(norm.epsilon())).rsqrt().mul(weights.get("weight"));
        Tensor shifted = input.sub(JointStatistics.perChannel(found.mean(), input.dim()));
        return shifted.mul(JointStatistics.perChannel(slope, input.dim()))
                .add(JointStatistics.perChannel(weights.get("bias"), input.dim()));
    }

    private void moveTo(String statistic, Tensor latest) {
        weights.get(statistic).lerp_(latest, new Scalar(norm.momentum()));
    }

    /** Chunks differ by one example at most; none has fewer than asked for. */
    private Tensor inChunks(Tensor input, long count, long chunks) {
        TensorVector parts = new TensorVector();
        for (long chunk = 0; chunk < chunks; chunk++) {
            long from = count * chunk / chunks;
            Tensor part = input.narrow(0, from, count * (chunk + 1) / chunks - from);
            parts.push_back(normalise(part, true, share(chunk, chunks)));
        }
        return torch.cat(parts, 0);
    }

    /** So that in the end all chunks together weigh as much as the momentum, and each as much as the others. */
    private double share(long chunk, long chunks) {
        double each = norm.momentum() / chunks;
        return each / (1 - (chunks - 1 - chunk) * each);
    }

    private Tensor normalise(Tensor part, boolean training, double momentum) {
        if (Bending.mayBeAsked(training)) {
            return byRunningStatistics(part);
        }
        return torch.batch_norm(part, scale, shift, mean, variance, training, momentum, norm.epsilon(), false);
    }

    /**
     * What {@code batch_norm} does outside of training, as one multiplication and one addition for each channel: its second
     * derivatives take a fraction of the time.
     */
    private Tensor byRunningStatistics(Tensor input) {
        Tensor factor =
                scale.get().div(variance.get().add(new Scalar(norm.epsilon())).sqrt());
        Tensor offset = shift.get().sub(mean.get().mul(factor));
        long[] byChannel = new long[Math.toIntExact(input.dim())];
        Arrays.fill(byChannel, 1);
        byChannel[1] = input.size(1);
        return torch.addcmul(offset.view(byChannel), input, factor.view(byChannel));
    }
}
