package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.optim.expr.Expr.Scope;

/**
 * The order of work of one step over all groups. Where a sum over all parameters is needed, everybody waits for it; in
 * between, tensors go through their phases in waves small enough that what one phase read is still in the cache for the next.
 */
public final class FusedStep {
    /** Elements of one wave: with Adam's four arrays 16 MB. */
    private static final long WAVE = 1 << 20;

    private final List<Workers.Stage> stages = new ArrayList<>();

    /** Plans the step. */
    public FusedStep(List<TensorGroup> groups) {
        int eras = groups.stream().mapToInt(group -> eras(group).size()).max().orElse(0);
        for (int era = 0; era < eras; era++) {
            for (TensorGroup group : groups) {
                if (era < eras(group).size()) {
                    schedule(group, eras(group).get(era));
                }
            }
            if (era + 1 < eras) {
                stages.add(new SumOverAll(groups, era));
            }
        }
    }

    /** Runs it, on at most so many threads. The groups must have been given their gradients and host scalars. */
    public void run(int threads) {
        Workers.run(stages, threads);
    }

    /** The phases of a group between one wait for all parameters and the next. */
    private static List<List<Integer>> eras(TensorGroup group) {
        List<List<Integer>> eras = new ArrayList<>();
        List<Integer> current = new ArrayList<>();
        for (int phase = 0; phase < group.plan().phases().size(); phase++) {
            current.add(phase);
            if (group.plan().boundary(phase) == Scope.ALL) {
                eras.add(current);
                current = new ArrayList<>();
            }
        }
        eras.add(current);
        return eras;
    }

    private void schedule(TensorGroup group, List<Integer> phases) {
        List<List<Tensor>> waves = phases.size() == 1 ? List.of(group.tensors()) : waves(group.tensors());
        for (List<Tensor> wave : waves) {
            for (int phase : phases) {
                boolean last = phase == phases.getLast();
                stages.add(new Pass(group, phase, wave, last));
            }
        }
    }

    private static List<List<Tensor>> waves(List<Tensor> tensors) {
        List<List<Tensor>> waves = new ArrayList<>();
        List<Tensor> wave = new ArrayList<>();
        long elements = 0;
        for (Tensor tensor : tensors) {
            if (!wave.isEmpty() && elements + tensor.size() > WAVE) {
                waves.add(wave);
                wave = new ArrayList<>();
                elements = 0;
            }
            wave.add(tensor);
            elements += tensor.size();
        }
        waves.add(wave);
        return waves;
    }

    /** Adds the groups' sums, in their order, and readies the phases that waited for them. */
    private record SumOverAll(List<TensorGroup> groups, int era) implements Workers.Stage {
        @Override
        public int pieces() {
            return 0;
        }

        @Override
        public void run(int piece) {}

        @Override
        public void finish() {
            Map<String, Double> totals = new HashMap<>();
            groups.forEach(group -> group.sumsOverAll().forEach((what, sum) -> totals.merge(what, sum, Double::sum)));
            for (TensorGroup group : groups) {
                group.takeSumsOverAll(totals);
                List<List<Integer>> eras = eras(group);
                if (era + 1 < eras.size()) {
                    int phase = eras.get(era + 1).getFirst();
                    group.tensors().forEach(tensor -> group.ready(phase, tensor));
                }
            }
        }
    }
}
