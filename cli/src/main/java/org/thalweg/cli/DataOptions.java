package org.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thalweg.train.data.Augmentation;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Fitting;
import org.thalweg.train.data.Format;
import org.thalweg.train.data.Reading;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.TargetKind;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which data, and how it is read, divided and prepared. */
final class DataOptions {
    @Parameters(
            paramLabel = "DATA",
            defaultValue = "digits",
            description =
                    "Ready data by name ('thalweg data --list' tells), generated data such as spirals:n=1000,noise=0.1, or"
                            + " the path of a file or folder (default: ${DEFAULT-VALUE}).")
    private String data = "";

    @Option(
            names = "--data-dir",
            description =
                    "The folder of ready data's files (default: the user's cache, then where Debian puts data sets).")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--format",
            description = "What a file or folder is: csv, idx, cifar10, cifar100, images or text (default: what it is"
                    + " called).")
    private Optional<Format> format = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "Of a CSV file: the column to foresee, by name or number from 1 (default: the last).")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--task",
            description = "Of a CSV file: whether the targets are classes or numbers (default: what they look like).")
    private Optional<TargetKind> kind = Optional.empty();

    @Option(
            names = "--header",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Of a CSV file: whether the first line names the columns (default: what it looks like).")
    private Optional<Boolean> header = Optional.empty();

    @Option(
            names = "--shape",
            description = "What a CSV file's rows are, or images are brought to: channels x height x width, such as"
                    + " 3x32x32 (default: rows are vectors, and images all of one size).")
    private Optional<String> shape = Optional.empty();

    @Option(
            names = "--length",
            description = "Of text: characters in an example (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + Reading.DEFAULT_LENGTH)
    private int length;

    @Option(names = "--validation", defaultValue = "0", description = "Share to set aside (default: none).")
    private double validation;

    @Option(
            names = "--test",
            defaultValue = "" + Split.DEFAULT_TEST,
            description = "Share to test on, where the data has no test part of its own (default: ${DEFAULT-VALUE}).")
    private double test;

    @Option(
            names = "--preprocess",
            description =
                    "What inputs go through, fitted on the training part: none, standardise, pca, pca:components=32"
                            + " or zca (default: standardise).")
    private Optional<String> preprocess = Optional.empty();

    @Option(
            names = "--augment",
            split = ";",
            description = "What varies training examples, in order: crop:4, flip, cutout:8, mixup:0.2. Give it several"
                    + " times, or separate by semicolons.")
    private List<String> augment = List.of();

    /** What was asked for. */
    DataRequest request(long seed) {
        return new DataRequest(
                data,
                directory,
                new Reading(format, target, kind, header, shape.map(Shape::parse), length),
                new Split(validation, test, seed),
                preprocess.map(Fitting::parse),
                augment.stream().map(Augmentation::parse).toList());
    }

    /** The data as the user called it. */
    String name() {
        return data;
    }

    /** Where ready data's files lie, if that was said. */
    Optional<Path> directory() {
        return directory;
    }
}
