package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what one phase of a {@link Plan} computes and numbers it anew as a {@link Loop}. */
final class PhaseBuilder {
    private final Graph graph;
    private final int[] writtenIn;
    private final int phase;
    private final Set<Integer> oldValuesRead = new LinkedHashSet<>();
    private final List<Op> ops = new ArrayList<>();
    private final List<Integer> scalars = new ArrayList<>();
    private final List<Integer> reductions = new ArrayList<>();
    private final Map<Integer, Integer> positions = new LinkedHashMap<>();

    /** @param writtenIn for each array the phase that writes it */
    PhaseBuilder(Graph graph, int[] writtenIn, int phase) {
        this.graph = graph;
        this.writtenIn = writtenIn;
        this.phase = phase;
        graph.numbers().forEach(this::reduceIfDue);
        List<Op.Store> stores = new ArrayList<>();
        graph.results().forEach((array, number) -> {
            if (writtenIn[array] == phase) {
                stores.add(new Op.Store(array, position(number)));
            }
        });
        ops.addAll(stores);
    }

    Plan.Phase build() {
        int[] uniforms = graph.numbers()
                .filter(number ->
                        graph.phase(number) == phase && graph.extent(number).compareTo(Graph.Extent.TENSOR) <= 0)
                .toArray();
        int[] rowUniforms = graph.numbers()
                .filter(number -> graph.phase(number) <= phase && graph.extent(number) == Graph.Extent.ROW)
                .toArray();
        Loop loop = new Loop(ops, scalars.size(), reductions.size());
        return new Plan.Phase(loop, array(scalars), array(reductions), uniforms, rowUniforms);
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(i -> i).toArray();
    }

    /** The arrays whose values from before the step this phase reads. */
    Set<Integer> oldValuesRead() {
        return oldValuesRead;
    }

    private void reduceIfDue(int number) {
        if (graph.op(number) instanceof Op.Reduce(var kind, var _, int x) && graph.phase(number) == phase + 1) {
            int operand = position(x);
            ops.add(new Op.Accumulate(reductions.size(), kind, operand));
            reductions.add(number);
        }
    }

    /** The position of a node in the loop; it and what it needs are added if they are not there yet. */
    private int position(int number) {
        Integer position = positions.get(number);
        if (position == null) {
            position = append(loopOp(number));
            positions.put(number, position);
        }
        return position;
    }

    private int append(Op op) {
        ops.add(op);
        return ops.size() - 1;
    }

    private Op loopOp(int number) {
        if (graph.isUniform(number)) {
            scalars.add(number);
            return new Op.Scalar(scalars.size() - 1);
        }
        for (Map.Entry<Integer, Integer> result : graph.results().entrySet()) {
            if (result.getValue() == number && writtenIn[result.getKey()] < phase) {
                return new Op.Load(result.getKey());
            }
        }
        Op op = graph.op(number);
        if (op instanceof Op.Load(int array)) {
            oldValuesRead.add(array);
            return op;
        }
        return op.renumbered(this::position);
    }
}
