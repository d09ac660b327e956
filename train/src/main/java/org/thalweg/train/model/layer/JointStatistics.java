package org.thalweg.train.model.layer;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.WorkersException;

/**
 * Means and variances of channels over the pieces of a batch that all workers have, as if one had them all. Each worker's own
 * mean and squared distances from it are gathered and put together (Chan, Golub and LeVeque, 1979), so that nothing is lost to
 * cancellation. In the backward pass the gradients by those numbers are summed over the workers, so the derivatives are those of
 * the whole batch too.
 */
public final class JointStatistics {
    private final Workers workers;
    /** One for all layers: it knows nothing of any. */
    private final TensorTensorHook sumOverWorkers = new TensorTensorHook() {
        @Override
        public TensorBase call(TensorBase gradient) {
            return summed(new Tensor(gradient));
        }
    };

    /**
     * Statistics of one channel each.
     *
     * @param count of values for each channel, all workers' together
     * @param mean float32, one for each channel, with its gradient
     * @param variance the same: the mean squared distance
     */
    record Statistics(double count, Tensor mean, Tensor variance) {}

    /** @param workers whose calls are for this alone: they come between others' while those run */
    public JointStatistics(Workers workers) {
        this.workers = workers;
    }

    /**
     * Takes them.
     *
     * @param values count x channels, or count x channels x ...; at least one example on each worker
     */
    Statistics of(Tensor values) {
        long channels = values.size(1);
        long[] others =
                LongStream.range(0, values.dim()).filter(axis -> axis != 1).toArray();
        double count = (double) values.numel() / channels;
        Tensor mean = values.mean(others);
        Tensor distances = values.sub(perChannel(mean, values.dim())).square().sum(others);
        Tensor own = torch.cat(new TensorVector(torch.full(new long[] {1}, new Scalar(count)), mean, distances), 0);
        Tensor all = gathered(own);
        Tensor counts = all.narrow(1, 0, 1);
        Tensor means = all.narrow(1, 1, channels);
        double total = counts.detach().sum().item_double();
        Tensor joint = counts.mul(means).sum(0).divide(new Scalar(total));
        Tensor between = counts.mul(means.sub(joint).square()).sum(0);
        Tensor within = all.narrow(1, 1 + channels, channels).sum(0);
        return new Statistics(total, joint, within.add(between).divide(new Scalar(total)));
    }

    /** One number for each channel, to go with values of so many dimensions. */
    static Tensor perChannel(Tensor numbers, long dimensions) {
        long[] shape = new long[Math.toIntExact(dimensions)];
        Arrays.fill(shape, 1);
        shape[1] = numbers.numel();
        return numbers.view(shape);
    }

    /** All workers' numbers, a row for each; through this worker's row goes the gradient by it, summed over the workers. */
    private Tensor gathered(Tensor own) {
        long rank = workers.rank();
        Tensor gathered = torch.zeros(workers.size() * own.numel());
        workers.allGather(gathered, own.detach().contiguous()).await();
        Tensor rows = gathered.view(workers.size(), own.numel());
        Tensor all = torch.cat(
                new TensorVector(
                        rows.narrow(0, 0, rank), own.unsqueeze(0), rows.narrow(0, rank + 1, workers.size() - rank - 1)),
                0);
        all.register_hook(sumOverWorkers);
        return all;
    }

    /** Called by libtorch in the backward pass, through which no exception may go. */
    private Tensor summed(Tensor gradient) {
        try (PointerScope scope = new PointerScope()) {
            Tensor sum = gradient.clone().contiguous();
            workers.allReduce(sum).await();
            scope.extend();
            return sum;
        } catch (WorkersException e) {
            return gradient; // the next call of any kind fails for the same reason, where it can be told
        }
    }
}
