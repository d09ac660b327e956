package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.layers.SignalStudy;
import org.thalweg.lab.layers.SignalStudy.Signal;
import org.thalweg.lab.statistics.PowerLaw;

/**
 * How a signal goes through the ready residual network, in three stages of equally many blocks.
 *
 * @param relativeShift squared channel mean over channel variance behind convolutions and what normalises them, their mean
 * @param powers of the blocks' outputs: average squares
 * @param branches power of each block's residual branch over that of its skip path
 */
public record ResidualSignal(double relativeShift, List<Double> powers, List<Double> branches) {
    private static final int STAGES = 3;

    /** @param normalised whether a normalisation stands behind each convolution */
    static ResidualSignal of(SignalStudy study, int blocks, boolean normalised) {
        String kind = normalised ? "norm" : "conv";
        double shift = study.layers().entrySet().stream()
                .filter(layer -> layer.getKey().matches("(.*\\.)?" + kind + "\\d+"))
                .mapToDouble(layer -> layer.getValue().relativeShift())
                .average()
                .orElseThrow();
        List<Double> powers = new ArrayList<>();
        List<Double> branches = new ArrayList<>();
        for (int block = 1; block <= STAGES * blocks; block++) {
            String shortcut = "residual%d.shortcut.%s1".formatted(block, kind);
            Signal skip = study.layers().getOrDefault(shortcut, study.at("relu" + block));
            Signal branch = study.at("residual%d.body.%s2".formatted(block, kind));
            branches.add(branch.power() / skip.power());
            powers.add(study.at("relu" + (block + 1)).power());
        }
        return new ResidualSignal(shift, powers, branches);
    }

    /** How many times stronger the last block's output is than the first one's. */
    double growth() {
        return powers.getLast() / powers.getFirst();
    }

    /** The slope of a branch's share over its block's number in the stage, from the second on, on logarithmic axes; mean of the stages. */
    double slope() {
        int blocks = branches.size() / STAGES;
        double[] numbers = IntStream.rangeClosed(2, blocks).mapToDouble(i -> i).toArray();
        return IntStream.range(0, STAGES)
                .mapToDouble(stage -> PowerLaw.fitted(
                                numbers,
                                branches.subList(stage * blocks + 1, (stage + 1) * blocks).stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())
                        .exponent())
                .average()
                .orElseThrow();
    }

    /** The strongest branch of those that end a stage, beside its skip path. */
    double lastBranch() {
        int blocks = branches.size() / STAGES;
        return IntStream.rangeClosed(1, STAGES)
                .mapToDouble(stage -> branches.get(stage * blocks - 1))
                .max()
                .orElseThrow();
    }
}
