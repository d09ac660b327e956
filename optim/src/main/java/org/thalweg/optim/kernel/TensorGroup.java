package org.thalweg.optim.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.optim.expr.Expr;
import org.thalweg.optim.expr.Expr.ScalarState;
import org.thalweg.optim.expr.Expr.Scope;
import org.thalweg.optim.expr.Program;

/** Tensors that share a program and its host scalars. */
public final class TensorGroup {
    private final Plan plan;
    private final Graph graph;
    private final List<Tensor> tensors;
    private final Lanes lanes;
    /** For each phase one, by where the arrays lie. */
    private final Map<List<Place>, List<Kernel>> kernels = new HashMap<>();

    private final double[] stepValues;
    private final int[] uniformsOfStep;
    private final int[] uniformsOfTensor;
    /** What each sum over all parameters sums, as other groups know it too. */
    private final Map<Integer, String> namesOfSums = new HashMap<>();

    /**
     * A group.
     *
     * @param tensors with states in the order in which the program declares them; all with a rounded copy, or none
     * @param vectors whether to use vector instructions where there are any
     */
    public TensorGroup(Program program, List<Tensor> tensors, boolean vectors) {
        this.plan = Plan.of(program, tensors.getFirst().hasRoundedCopy());
        this.graph = plan.graph();
        this.tensors = List.copyOf(tensors);
        this.lanes = vectors ? VectorUnits.best() : new ScalarLanes();
        this.stepValues = new double[graph.size()];
        this.uniformsOfStep = uniformsAtStart(Graph.Extent.STEP);
        this.uniformsOfTensor = uniformsAtStart(Graph.Extent.TENSOR);
        graph.numbers().filter(this::isSumOverAll).forEach(this::nameSum);
        tensors.forEach(this::prepareTensor);
    }

    private int[] uniformsAtStart(Graph.Extent extent) {
        return IntStream.of(plan.phases().getFirst().uniforms())
                .filter(number -> graph.extent(number) == extent)
                .toArray();
    }

    private boolean isSumOverAll(int number) {
        return graph.op(number) instanceof Op.Reduce(var _, Scope scope, var _) && scope == Scope.ALL;
    }

    /** Sums that differ in the values of hyperparameters alone are told apart by their order. */
    private void nameSum(int number) {
        String name = graph.describe(number);
        while (namesOfSums.containsValue(name)) {
            name += "again";
        }
        namesOfSums.put(number, name);
    }

    /**
     * Bytes that one step of a program moves for each parameter, all passes together.
     *
     * @param parameter how parameter and gradient are stored; beside a parameter that is not float32 there is one that is
     * @param states how all states are stored
     */
    public static int bytesPerParameter(Program program, Storage parameter, Storage states) {
        Plan plan = Plan.of(program, parameter != Storage.FLOAT32);
        int noises = program.noises().size();
        return plan.bytesPerParameter(
                Place.allNative(parameter, program.states().size(), states, parameter != Storage.FLOAT32, noises));
    }

    /** Passes over memory that one step of a program takes. */
    public static int passes(Program program) {
        return Plan.of(program, false).passes();
    }

    /** Compiles what the tensors' memory asks for and is not there yet; a gradient may move between heap and native. */
    private void compileKernels() {
        for (Tensor tensor : tensors) {
            if (tensor.isActive() && tensor.kernels.isEmpty()) {
                tensor.kernels = kernels.computeIfAbsent(tensor.places(), this::compile);
            }
        }
    }

    private List<Kernel> compile(List<Place> places) {
        return IntStream.range(0, plan.phases().size())
                .mapToObj(phase -> KernelCompiler.compile(
                        plan.phases().get(phase).loop(), plan.byRows(phase) ? anywhere(places) : places, lanes))
                .toList();
    }

    /** Rows may start in the middle of a block of noise. */
    private static List<Place> anywhere(List<Place> places) {
        return places.stream()
                .map(place -> place == Place.NOISE ? Place.NOISE_ANYWHERE : place)
                .toList();
    }

    /** Whether reductions or scalar states do; without any, all tensors share the first one's uniforms and slots. */
    private boolean tellsTensorsApart() {
        return plan.phases().size() > 1 || graph.scalarResults().length > 0;
    }

    private void prepareTensor(Tensor tensor) {
        if (!tellsTensorsApart() && tensor != tensors.getFirst()) {
            tensor.values = tensors.getFirst().values;
            tensor.scalars = tensors.getFirst().scalars;
            return;
        }
        tensor.values = new double[graph.size()];
        tensor.scalars = plan.phases().stream()
                .map(phase -> new float[phase.loop().scalars()])
                .toArray(float[][]::new);
        tensor.rowSums = new double[graph.size()][];
        graph.numbers()
                .filter(number ->
                        graph.op(number) instanceof Op.Reduce(var _, Scope scope, var _) && scope == Scope.ROW)
                .forEach(number -> tensor.rowSums[number] = new double[tensor.rows()]);
    }

    Plan plan() {
        return plan;
    }

    List<Tensor> tensors() {
        return tensors;
    }

    /**
     * Takes the tensors' gradients as they are, computes the host scalars that hold for all, and readies the first phase.
     *
     * @param step from 1
     */
    public void begin(long step, ToDoubleFunction<Expr> host) {
        compileKernels();
        tensors.forEach(tensor -> tensor.beginStep(step));
        evaluate(uniformsOfStep, stepValues, host);
        Plan.Phase first = plan.phases().getFirst();
        for (Tensor tensor : tellsTensorsApart() ? tensors : tensors.subList(0, 1)) {
            System.arraycopy(stepValues, 0, tensor.values, 0, stepValues.length);
            evaluate(uniformsOfTensor, tensor.values, leaf -> scalarState(leaf, tensor));
            fill(tensor.scalars[0], first.scalars(), tensor.values);
        }
    }

    private double scalarState(Expr leaf, Tensor tensor) {
        return leaf instanceof ScalarState state ? tensor.scalarState(graph.indexOf(state)) : noHostScalar(leaf);
    }

    /** Ends a step: the numbers of the tensor as a whole become what they were computed to be. */
    void commitScalars(Tensor tensor) {
        int[] results = graph.scalarResults();
        for (int i = 0; i < results.length && tensor.isActive(); i++) {
            tensor.scalarState(i, tensor.values[results[i]]);
        }
    }

    /** Computes the uniforms that are known from a phase on, once the reductions before it are in. */
    void ready(int phase, Tensor tensor) {
        Plan.Phase next = plan.phases().get(phase);
        evaluate(next.uniforms(), tensor.values, TensorGroup::noHostScalar);
        fill(tensor.scalars[phase], next.scalars(), tensor.values);
    }

    /** The slots of a phase for one row. */
    float[] slotsOfRow(int phase, Tensor tensor, int row) {
        Plan.Phase current = plan.phases().get(phase);
        double[] values = tensor.values.clone();
        for (int number : current.rowUniforms()) {
            if (graph.op(number) instanceof Op.Reduce) {
                values[number] = tensor.rowSums[number][row];
            } else {
                graph.evaluate(number, values, TensorGroup::noHostScalar);
            }
        }
        float[] slots = new float[current.scalars().length];
        fill(slots, current.scalars(), values);
        return slots;
    }

    private void evaluate(int[] numbers, double[] values, ToDoubleFunction<Expr> host) {
        for (int number : numbers) {
            graph.evaluate(number, values, host);
        }
    }

    private static void fill(float[] slots, int[] numbers, double[] values) {
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = (float) values[numbers[slot]];
        }
    }

    private static double noHostScalar(Expr leaf) {
        throw new IllegalStateException(leaf + " should have been known from the start of the step");
    }

    /** What a sum over all parameters sums, in words that other groups with the same sum use too. */
    String nameOfSum(int reduction) {
        return namesOfSums.getOrDefault(reduction, "");
    }

    /** Takes in those sums over all groups' tensors that are known. */
    void takeSumsOverAll(Map<String, Double> sums) {
        namesOfSums.forEach((reduction, name) -> {
            double sum = sums.getOrDefault(name, 0.0);
            tensors.forEach(tensor -> tensor.values[reduction] = sum);
        });
    }
}
