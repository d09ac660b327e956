package org.thalweg.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.FunctionPostHook;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Node;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.thalweg.train.engine.Tensors;
import org.thalweg.train.model.Network;
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
    private final Workers workers;
    private final Sharing sharing;
    private final Ownership ownership;
    private final PointerScope scope;
    private final Tensor flat;
    private final List<Weight> weights = new ArrayList<>();
    private final List<Bucket> buckets = new ArrayList<>();
    /** Float64: this worker's part of the loss, then for each weight whether it took part. */
    private final Tensor notes;

    private boolean overlapping = true;
    private boolean last;
    private long waitedNanos;
    private int begun;
    private Optional<RuntimeException> failure = Optional.empty();

    SummedGradients(Network network, Workers workers, Sharing sharing) {
        this.workers = workers;
        this.sharing = sharing;
        this.ownership = Ownership.of(network, workers, sharing);
        List<Tensor> trained = network.tensors();
        try (PointerScope here = new PointerScope()) {
            this.scope = here;
            long all = trained.stream().mapToLong(Tensor::numel).sum();
            this.flat = Tensors.zeros(ScalarType.Float, all);
            this.notes = Tensors.zeros(ScalarType.Double, 1L + trained.size());
            layOut(trained);
            here.extend();
        }
    }

    private void layOut(List<Tensor> trained) {
        long size = Sharing.bucketBytes(flat.nbytes());
        long from = 0;
        long end = 0;
        List<Integer> members = new ArrayList<>();
        for (int place = trained.size() - 1; place >= 0; place--) {
            members.add(place);
            end += trained.get(place).numel();
            if ((end - from) * Float.BYTES >= size || place == 0) {
                members.sort(Comparator.comparing(ownership.owners()::get)); // each worker's own side by side
                add(members, trained, from, end);
                members.clear();
                from = end;
            }
        }
    }

    private void add(List<Integer> members, List<Tensor> trained, long from, long end) {
        long[] lengths = new long[workers.size()];
        members.forEach(place ->
                lengths[ownership.owners().get(place)] += trained.get(place).numel());
        Bucket bucket = new Bucket(sum(flat.narrow(0, from, end - from), lengths), members.size());
        long at = from;
        for (int place : members) {
            Tensor tensor = trained.get(place);
            Tensor view = flat.narrow(0, at, tensor.numel()).view(Tensors.shape(tensor));
            weights.add(new Weight(tensor, view, bucket, ownership.owners().get(place)));
            at += tensor.numel();
        }
        buckets.add(bucket);
    }

    private BucketSum sum(Tensor gradients, long[] lengths) {
        if (sharing.shardedState()) {
            return new BucketSum.Parts(workers, gradients, lengths, sharing.wire());
        }
        return switch (sharing.wire()) {
            case FLOAT32 -> new BucketSum.Ring(workers, gradients);
            case BFLOAT16 ->
                new BucketSum.Parts(workers, gradients, workers.share().lengths(gradients.numel()), sharing.wire());
        };
    }

    /** Some gradients that are summed together. */
    private static final class Bucket {
        private final BucketSum sum;
        private final int weights;
        private int missing;

        Bucket(BucketSum sum, int weights) {
            this.sum = sum;
            this.weights = weights;
        }
    }

    /** One weight, of which libtorch tells when its gradient is complete. */
    private final class Weight extends FunctionPostHook {
        private final Tensor tensor;
        private final Tensor view;
        private final Bucket bucket;
        private final int owner;
        private final Node accumulation;
        private final long hook;
        private boolean attached;
        private boolean tookPart;

        Weight(Tensor tensor, Tensor view, Bucket bucket, int owner) {
            this.tensor = tensor;
            this.view = view;
            this.bucket = bucket;
            this.owner = owner;
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
        last = overlapping;
    }

    @Override
    public void overlap(boolean wanted) {
        overlapping = wanted;
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
        buckets.get(begun++).sum.begin();
    }

    @Override
    public double complete(double loss, boolean everywhere) {
        long began = System.nanoTime();
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
        boolean told = everywhere || !sharing.shardedState();
        buckets.forEach(bucket -> bucket.sum.pass(told));
        buckets.forEach(bucket -> bucket.sum.end());
        summed.await();
        for (int i = 0; i < weights.size(); i++) {
            if (noted.getAtIndex(ValueLayout.JAVA_DOUBLE, 1 + i) == 0) {
                weights.get(i).detach();
            }
        }
        waitedNanos = System.nanoTime() - began;
        return noted.get(ValueLayout.JAVA_DOUBLE, 0);
    }

    @Override
    public long waitedNanos() {
        return waitedNanos;
    }

    /** The gradients are not needed any more, so the weights go through their memory. */
    @Override
    public void exchangeWeights() {
        if (!sharing.shardedState()) {
            return;
        }
        long began = System.nanoTime();
        try (NoGradGuard _ = new NoGradGuard()) {
            List<Pending> told = new ArrayList<>();
            for (Weight weight : weights) {
                if (weight.owner == workers.rank()) {
                    weight.view.copy_(weight.tensor);
                }
                told.add(workers.broadcast(weight.view.view(-1), weight.owner));
            }
            told.forEach(Pending::await);
            for (Weight weight : weights) {
                if (weight.owner != workers.rank()) {
                    weight.tensor.copy_(weight.view);
                }
            }
        }
        waitedNanos += System.nanoTime() - began;
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
