package org.thalweg.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.FunctionPostHook;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.worker.Pending;
import org.thalweg.train.worker.Workers;

/**
 * The sums of the workers' gradients. They lie one after the other in one piece of memory, the last layer's first, which the
 * backward pass adds to and the optimizer reads. It is cut into buckets; each is summed over the workers as soon as the backward
 * pass has completed it, while that goes on with the layers before (Li et al., PyTorch Distributed, VLDB 2020, section 3.2).
 *
 * <p>All workers begin the sums in the same order. A weight that took part in no worker's loss has no gradient afterwards.
 */
final class SummedGradients implements GradientExchange {
    /** Bytes of a bucket at least: enough that a sum's start does not count, and little enough that the first is soon full. */
    private static final long BUCKET = 1 << 20;

    private final Workers workers;
    private final PointerScope scope;
    private final Tensor flat;
    private final List<Weight> weights = new ArrayList<>();
    private final List<Bucket> buckets = new ArrayList<>();
    /** Float64: this worker's part of the loss, then for each weight whether it took part. */
    private final Tensor notes;

    private boolean last;
    private int begun;
    private Optional<RuntimeException> failure = Optional.empty();

    SummedGradients(List<Tensor> trained, Workers workers) {
        this.workers = workers;
        try (PointerScope here = new PointerScope()) {
            this.scope = here;
            long all = trained.stream().mapToLong(Tensor::numel).sum();
            this.flat = Tensors.zeros(ScalarType.Float, all);
            this.notes = Tensors.zeros(ScalarType.Double, 1L + trained.size());
            layOut(trained.reversed());
            here.extend();
        }
    }

    private void layOut(List<Tensor> order) {
        long from = 0;
        long end = 0;
        List<Tensor> members = new ArrayList<>();
        for (Tensor tensor : order) {
            members.add(tensor);
            end += tensor.numel();
            if ((end - from) * Float.BYTES >= BUCKET || tensor == order.getLast()) {
                add(members, from, end);
                members.clear();
                from = end;
            }
        }
    }

    private void add(List<Tensor> members, long from, long end) {
        Bucket bucket = new Bucket(flat.narrow(0, from, end - from), members.size());
        long place = from;
        for (Tensor tensor : members) {
            Tensor view = flat.narrow(0, place, tensor.numel()).view(Tensors.shape(tensor));
            weights.add(new Weight(tensor, view, bucket));
            place += tensor.numel();
        }
        buckets.add(bucket);
    }

    /** Some gradients that are summed together. */
    private static final class Bucket {
        private final Tensor sum;
        private final int weights;
        private int missing;
        private Optional<Pending> pending = Optional.empty();

        Bucket(Tensor sum, int weights) {
            this.sum = sum;
            this.weights = weights;
        }
    }

    /** One weight, of which libtorch tells when its gradient is complete. */
    private final class Weight extends FunctionPostHook {
        private final Tensor tensor;
        private final Tensor view;
        private final Bucket bucket;
        private final Node accumulation;
        private final long hook;
        private boolean attached;
        private boolean tookPart;

        Weight(Tensor tensor, Tensor view, Bucket bucket) {
            this.tensor = tensor;
            this.view = view;
            this.bucket = bucket;
            this.accumulation = tensor.view_as(tensor).grad_fn().next_edge(0).function();
            this.hook = accumulation.add_post_hook(this);
        }

        void attach() {
            if (!attached) {
                tensor.mutable_grad().put(view);
                attached = true;
            }
        }

        void detach() {
            tensor.mutable_grad().reset();
            attached = false;
        }

        @Override
        public TensorVector apply(TensorVector outputs, TensorVector inputs) {
            tookPart = true;
            if (last) {
                bucket.missing--;
                beginFullOnes();
            }
            return outputs;
        }
    }

    @Override
    public void clear() {
        flat.zero_();
        for (Weight weight : weights) {
            weight.attach();
            weight.tookPart = false;
        }
        for (Bucket bucket : buckets) {
            bucket.missing = bucket.weights;
        }
        begun = 0;
        last = false;
    }

    @Override
    public void beginLast() {
        last = true;
    }

    /** Called by libtorch in the backward pass, through which no exception may go. */
    private void beginFullOnes() {
        try {
            while (failure.isEmpty() && begun < buckets.size() && buckets.get(begun).missing == 0) {
                beginNext();
            }
        } catch (RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    private void beginNext() {
        Bucket next = buckets.get(begun++);
        next.pending = Optional.of(workers.allReduce(next.sum));
    }

    @Override
    public double complete(double loss) {
        failure.ifPresent(e -> {
            throw e;
        });
        while (begun < buckets.size()) {
            beginNext();
        }
        MemorySegment noted = Tensors.segment(notes);
        noted.set(ValueLayout.JAVA_DOUBLE, 0, loss);
        for (int i = 0; i < weights.size(); i++) {
            noted.setAtIndex(ValueLayout.JAVA_DOUBLE, 1 + i, weights.get(i).tookPart ? 1 : 0);
        }
        Pending summed = workers.allReduce(notes);
        buckets.forEach(bucket -> bucket.pending.ifPresent(Pending::await));
        summed.await();
        for (int i = 0; i < weights.size(); i++) {
            if (noted.getAtIndex(ValueLayout.JAVA_DOUBLE, 1 + i) == 0) {
                weights.get(i).detach();
            }
        }
        return noted.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    @Override
    public void close() {
        for (Weight weight : weights) {
            weight.accumulation.del_post_hook(weight.hook);
            weight.detach();
        }
        scope.deallocate();
    }
}
