package org.thalweg.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code thalweg bench}: the measurements hang below it. */
@Command(name = "bench", description = "Measure steps and training, beside others, in one run.")
final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "say what to measure: 'thalweg bench step', 'train', 'workers', 'batches' or 'plan'");
    }
}
