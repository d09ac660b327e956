package org.thalweg.train;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.train.model.Network;
import org.thalweg.train.run.Document;
import org.thalweg.train.worker.Workers;

/**
 * The rule's state where each worker keeps that of its own weights alone.
 *
 * @param own the weights whose state this worker keeps: all, if it is not shared
 */
record ShardedState(Workers workers, boolean isShared, List<Parameter> own) {
    static ShardedState of(Network network, Workers workers, Sharing sharing) {
        Ownership ownership = Ownership.of(network, workers, sharing);
        return new ShardedState(
                workers,
                sharing.shardedState() && !workers.isAlone(),
                ownership.of(workers.rank(), network.parameters()));
    }

    /** What an optimizer's sums over its parameters become, for rules that look at all parameters at once. */
    UnaryOperator<double[]> totals() {
        return isShared ? workers::sum : UnaryOperator.identity();
    }

    /** The part of a whole state that is this worker's. */
    OptimizerState own(OptimizerState whole) {
        Set<String> names = own.stream().map(Parameter::name).collect(Collectors.toSet());
        return isShared
                ? new OptimizerState(whole.steps(), kept(whole.tensors(), names), kept(whole.scalars(), names))
                : whole;
    }

    private static <T> Map<String, T> kept(Map<String, T> all, Set<String> names) {
        Map<String, T> kept = new LinkedHashMap<>(all);
        kept.keySet().retainAll(names);
        return kept;
    }

    /** The whole state, for rank 0, from all workers' parts; the others get back their own. All call it together. */
    OptimizerState gathered(OptimizerState part) {
        if (!isShared) {
            return part;
        }
        List<String> labels = workers.all(Document.of(label(part)).toString());
        return workers.toLeader(packed(part), pieces -> {
            Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>(part.tensors());
            Map<String, Map<String, Double>> scalars = new LinkedHashMap<>(part.scalars());
            for (int rank = 1; rank < pieces.size(); rank++) {
                Document label = Document.parse("the state of worker " + rank, labels.get(rank));
                label.object("scalars").objects().forEach((name, numbers) -> scalars.put(name, numbers.numbers()));
                Unpacking unpacking = new Unpacking(pieces.get(rank));
                label.object("tensors")
                        .objects()
                        .forEach((name, states) -> tensors.put(name, unpacking.next(states.counts())));
            }
            return new OptimizerState(part.steps(), tensors, scalars);
        });
    }

    /** All numbers one after the other, in the order of the labels. */
    private static MemorySegment packed(OptimizerState part) {
        List<float[]> all = part.tensors().values().stream()
                .flatMap(states -> states.values().stream())
                .toList();
        float[] packed =
                new float[all.stream().mapToInt(values -> values.length).sum()];
        int from = 0;
        for (float[] values : all) {
            System.arraycopy(values, 0, packed, from, values.length);
            from += values.length;
        }
        return MemorySegment.ofArray(packed);
    }

    /** Takes those numbers apart again. */
    private static final class Unpacking {
        private final MemorySegment packed;
        private long from;

        Unpacking(MemorySegment packed) {
            this.packed = packed;
        }

        Map<String, float[]> next(Map<String, Long> lengths) {
            Map<String, float[]> states = new LinkedHashMap<>();
            lengths.forEach((name, length) -> {
                long bytes = length * Float.BYTES;
                states.put(name, packed.asSlice(from, bytes).toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
                from += bytes;
            });
            return states;
        }
    }

    private static Map<String, Object> label(OptimizerState part) {
        Map<String, Map<String, Integer>> lengths = new LinkedHashMap<>();
        part.tensors().forEach((parameter, states) -> {
            Map<String, Integer> of = new LinkedHashMap<>();
            states.forEach((name, values) -> of.put(name, values.length));
            lengths.put(parameter, of);
        });
        return Document.fields("tensors", lengths, "scalars", part.scalars());
    }
}
