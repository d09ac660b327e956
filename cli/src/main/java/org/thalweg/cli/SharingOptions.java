package org.thalweg.cli;

import org.thalweg.train.Sharing;
import picocli.CommandLine.Option;

/** The options of {@code thalweg train} about how several workers share the work. */
final class SharingOptions {
    @Option(
            names = "--batch-norm",
            paramLabel = "SCOPE",
            defaultValue = "local",
            description =
                    "With several workers, batch normalisation in training goes by each worker's own examples (local)"
                            + " or the whole batch's (sync) (default: ${DEFAULT-VALUE}).")
    private Sharing.Norms norms = Sharing.Norms.LOCAL;

    @Option(
            names = "--shard-state",
            description = "With several workers, each keeps the rule's state for its share of the weights alone.")
    private boolean sharded;

    @Option(
            names = "--compress",
            paramLabel = "FORMAT",
            defaultValue = "float32",
            description = "With several workers, gradients are sent as float32, or as bfloat16 in half the bytes"
                    + " (default: ${DEFAULT-VALUE}).")
    private Sharing.Wire wire = Sharing.Wire.FLOAT32;

    /** What was asked for. */
    Sharing chosen() {
        return new Sharing(norms, sharded, wire);
    }
}
