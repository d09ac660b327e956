package org.thalweg.lab.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.optim.Parameter;
import org.thalweg.train.curvature.MeanLoss;
import org.thalweg.train.curvature.SymmetricOperator;
import org.thalweg.train.data.SplitMix64;

/**
 * What is to be found out about the curvature of a loss.
 *
 * @param top largest eigenvalues, at least 1
 * @param tolerance residual over eigenvalue
 * @param traceProbes random vectors for each trace, at least 1
 * @param densityProbes random vectors for the spectral density; 0 for none
 * @param densitySteps nodes for each of those
 * @param layers whether each layer's block is looked at as well
 * @param seed of all random vectors
 */
public record CurvatureStudy(
        int top, double tolerance, int traceProbes, int densityProbes, int densitySteps, boolean layers, long seed) {
    private static final int MOST_PRODUCTS = 2_000;
    /** The smallest eigenvalue stands in a crowd: it gets closer and closer, and seldom arrives. */
    private static final int MOST_FOR_LOWEST = 60;

    private static final double LOWEST_TOLERANCE = 0.05;
    private static final int MOST_PER_LAYER = 200;
    private static final double LAYER_TOLERANCE = 1e-2;
    private static final int TIMINGS = 3;

    /** Ten eigenvalues to a thousandth, the trace by 20 vectors, the density by 2 of 60 steps each. */
    public CurvatureStudy() {
        this(10, 1e-3, 20, 2, 60, false, 1);
    }

    /**
     * Looks at a loss where its network's weights are.
     *
     * @param progress is told what comes next
     * @throws IllegalStateException if the loss or its gradient is not finite
     */
    public Curvature of(MeanLoss loss, Consumer<String> progress) {
        long began = System.nanoTime();
        SymmetricOperator hessian = loss.hessian();
        MeanLoss.Slope slope = loss.slope();
        progress.accept("the largest eigenvalues");
        long before = System.nanoTime();
        Eigenpairs largest = new Lanczos(top, tolerance, MOST_PRODUCTS, seed).of(hessian);
        double topSeconds = (System.nanoTime() - before) / 1e9;
        progress.accept("the smallest eigenvalue");
        Eigenvalue lowest = new Lanczos(1, LOWEST_TOLERANCE, MOST_FOR_LOWEST, seed)
                .of(hessian.negated())
                .values()
                .getFirst()
                .negated();
        progress.accept("the trace");
        Trace trace = Trace.of(hessian, traceProbes, seed);
        Optional<SpectralDensity> density = density(hessian, progress);
        List<Curvature.LayerBlock> blocks = layers ? blocks(loss, progress) : List.of();
        double gradientMillis = medianMillis(loss::slope);
        double[] direction = Trace.signs(loss.size(), SplitMix64.stream(seed, 0));
        double productMillis = medianMillis(() -> hessian.times(direction));
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Curvature(
                loss.size(),
                loss.examples(),
                slope.loss(),
                Basis.norm(slope.gradient()),
                largest.values(),
                largest.converged(),
                lowest,
                trace,
                density,
                blocks,
                new Curvature.Cost(largest.products(), topSeconds, seconds, gradientMillis, productMillis));
    }

    private Optional<SpectralDensity> density(SymmetricOperator hessian, Consumer<String> progress) {
        if (densityProbes == 0) {
            return Optional.empty();
        }
        progress.accept("the spectral density");
        return Optional.of(SpectralDensity.of(hessian, densityProbes, densitySteps, seed));
    }

    private List<Curvature.LayerBlock> blocks(MeanLoss loss, Consumer<String> progress) {
        List<Curvature.LayerBlock> blocks = new ArrayList<>();
        byLayer(loss).forEach((layer, tensors) -> {
            progress.accept("layer " + layer);
            SymmetricOperator block = loss.hessian(tensors);
            Eigenvalue largest = new Lanczos(1, LAYER_TOLERANCE, MOST_PER_LAYER, seed)
                    .of(block)
                    .values()
                    .getFirst();
            blocks.add(new Curvature.LayerBlock(layer, block.size(), largest, Trace.of(block, traceProbes, seed)));
        });
        return blocks;
    }

    /** The weights of each layer: those whose names are equal up to the last dot. */
    private static Map<String, List<Tensor>> byLayer(MeanLoss loss) {
        Map<String, List<Tensor>> layers = new LinkedHashMap<>();
        List<Parameter> parameters = loss.network().parameters();
        List<Tensor> tensors = loss.network().tensors();
        for (int i = 0; i < tensors.size(); i++) {
            String name = parameters.get(i).name();
            String layer = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            layers.computeIfAbsent(layer.isEmpty() ? name : layer, _ -> new ArrayList<>())
                    .add(tensors.get(i));
        }
        return layers;
    }

    private static double medianMillis(Runnable work) {
        double[] times = new double[TIMINGS];
        for (int i = 0; i < TIMINGS; i++) {
            long before = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - before) / 1e6;
        }
        Arrays.sort(times);
        return times[TIMINGS / 2];
    }
}
