package org.thalweg.optim.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Expr.State;
import org.thalweg.optim.expr.Program;

/**
 * A program cut into phases, each one fused loop over the tensor. A reduction ends a phase, because nothing that depends on
 * it can be computed before the whole scope has been read.
 *
 * <p>What a later phase needs from an earlier one is computed again, not stored, but for state: a state is written in the
 * first phase that knows its new value, and later phases read it back. So LAMB moves 40 bytes a parameter;
 * computing the moments again would move 44.
 */
final class Plan {
    /**
     * One pass over a tensor.
     *
     * @param scalars for each slot of the loop the node of the graph whose value it takes
     * @param reductions for each sum of the loop the node of the graph that it is
     * @param uniforms the nodes, the same for a whole tensor, that are known from this phase on
     * @param rowUniforms the nodes, the same for a row, that are known in this phase
     */
    @SuppressWarnings("ArrayRecordComponent") // Read in every step, and by this package only.
    record Phase(Loop loop, int[] scalars, int[] reductions, int[] uniforms, int[] rowUniforms) {}

    private static final int NEVER = Integer.MAX_VALUE;

    private final Graph graph;
    private final List<State> states;
    private final List<Phase> phases;

    private Plan(Graph graph, List<State> states, List<Phase> phases) {
        this.graph = graph;
        this.states = states;
        this.phases = phases;
    }

    /**
     * Cuts a program.
     *
     * @param roundedCopy whether the new parameter is written a second time, as array behind the states
     */
    static Plan of(Program program, boolean roundedCopy) {
        Graph graph = new Graph(program, roundedCopy);
        int[] writtenIn = new int[graph.arrays()];
        Arrays.fill(writtenIn, NEVER);
        graph.results().forEach((array, number) -> writtenIn[array] = graph.phase(number));
        IntStream results = IntStream.concat(
                graph.results().values().stream().mapToInt(i -> i), IntStream.of(graph.scalarResults()));
        int last = results.map(graph::phase).max().orElse(0);
        int count = last + 1;
        postponeWritesBehindReads(graph, writtenIn, count);
        List<Phase> phases = IntStream.range(0, count)
                .mapToObj(phase -> new PhaseBuilder(graph, writtenIn, phase).build())
                .toList();
        return new Plan(graph, program.states(), phases);
    }

    /** An array must not be overwritten before the last phase that reads its old value. */
    private static void postponeWritesBehindReads(Graph graph, int[] writtenIn, int count) {
        boolean moved;
        do {
            moved = false;
            for (int phase = 0; phase < count; phase++) {
                for (int array : new PhaseBuilder(graph, writtenIn, phase).oldValuesRead()) {
                    if (writtenIn[array] < phase) {
                        writtenIn[array] = phase;
                        moved = true;
                    }
                }
            }
        } while (moved);
    }

    Graph graph() {
        return graph;
    }

    List<State> states() {
        return states;
    }

    List<Phase> phases() {
        return phases;
    }

    /** The widest scope over which the phase reduces; only for phases that reduce. */
    Scope boundary(int phase) {
        return IntStream.of(phases.get(phase).reductions())
                .mapToObj(number -> ((Op.Reduce) graph.op(number)).scope())
                .max(Scope::compareTo)
                .orElse(Scope.ROW);
    }

    /** Whether the phase works row by row. */
    boolean byRows(int phase) {
        Phase p = phases.get(phase);
        return IntStream.concat(IntStream.of(p.scalars()), IntStream.of(p.reductions()))
                .anyMatch(number -> graph.extent(number) == Graph.Extent.ROW);
    }

    /** Passes over memory; a last phase that works out scalars alone is none. */
    int passes() {
        return (int)
                phases.stream().filter(phase -> !phase.loop().ops().isEmpty()).count();
    }

    /** Bytes that a step moves for each parameter with its arrays in the given places. */
    int bytesPerParameter(List<Place> places) {
        return phases.stream()
                .mapToInt(phase -> phase.loop().bytesPerElement(places))
                .sum();
    }
}
