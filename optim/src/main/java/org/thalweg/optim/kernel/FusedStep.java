package org.thalweg.optim.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.thalweg.optim.expr.Expr.Scope;

/**
 * The order of work of one step over all groups. Where a sum over all parameters is needed, everything after waits for
 * everything before. In between, tensors go through their phases in waves small enough that what one phase read is still in
 * the cache for the next; a wave's next phase stands behind the following wave's first, so that threads seldom wait.
 */
public final class FusedStep {
    /** Elements of one wave: with Adam's four arrays 8 MB, and two waves are under way at a time. */
    private static final long WAVE = 1 << 19;

    private final List<Workers.Task> tasks = new ArrayList<>();

    /**
     * Plans the step.
     *
     * @param totals from sums over these groups to those over all that step together
     */
    public FusedStep(List<TensorGroup> groups, UnaryOperator<double[]> totals) {
        int eras = groups.stream().mapToInt(group -> eras(group).size()).max().orElse(0);
        for (int era = 0; era < eras; era++) {
            List<Pass> passes = new ArrayList<>();
            int start = tasks.size();
            for (TensorGroup group : groups) {
                if (era < eras(group).size()) {
                    passes.addAll(schedule(group, eras(group).get(era), start));
                }
            }
            if (era + 1 < eras) {
                tasks.add(new Workers.Task(new SumOverAll(groups, passes, era, totals), tasks.size()));
            }
        }
    }

    /** Runs it, on at most so many threads. The groups must have been given their gradients and host scalars. */
    public void run(int threads) {
        Workers.run(tasks, threads);
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

    /** Adds the passes of all waves: first wave's first phase, second's first, first's second, third's first, and so on. */
    private List<Pass> schedule(TensorGroup group, List<Integer> phases, int start) {
        List<List<Tensor>> waves = phases.size() == 1 ? List.of(group.tensors()) : waves(group.tensors());
        List<Pass> passes = new ArrayList<>();
        int[] placeOfWave = new int[waves.size()];
        for (int round = 0; round < waves.size() + phases.size() - 1; round++) {
            for (int i = 0; i < phases.size(); i++) {
                int wave = round - i;
                if (wave >= 0 && wave < waves.size()) {
                    boolean last = i == phases.size() - 1;
                    Pass pass = new Pass(group, phases.get(i), waves.get(wave), last);
                    int after = i == 0 ? start : placeOfWave[wave] + 1;
                    placeOfWave[wave] = tasks.size();
                    tasks.add(new Workers.Task(pass, after));
                    passes.add(pass);
                }
            }
        }
        return passes;
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

    /** Adds up the passes' sums, in their order, and readies the phases that waited for them. */
    private record SumOverAll(List<TensorGroup> groups, List<Pass> passes, int era, UnaryOperator<double[]> across)
            implements Workers.Stage {
        @Override
        public int pieces() {
            return 0;
        }

        @Override
        public void run(int piece) {}

        @Override
        public void finish() {
            SortedMap<String, Double> totals = new TreeMap<>(); // in one order wherever they are added up
            passes.forEach(pass -> pass.addSumsOverAll(totals));
            double[] sums = totals.values().stream().mapToDouble(sum -> sum).toArray();
            double[] all = across.apply(sums);
            int place = 0;
            for (Map.Entry<String, Double> total : totals.entrySet()) {
                total.setValue(all[place++]);
            }
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
