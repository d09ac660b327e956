package org.thalweg.train.data;

import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thalweg.optim.text.Names;

/** The data that can be asked for by name or path. */
public final class Corpora {
    /** What is part of the application. */
    private static final List<String> INCLUDED = List.of("digits", "breast-cancer", "diabetes", "shakespeare");

    /** What is looked for on this machine. */
    private static final List<String> FOUND = List.of("mnist", "fashion-mnist", "cifar-10", "cifar-100");

    private Corpora() {}

    /** The names of ready data. */
    public static List<String> names() {
        return Stream.concat(INCLUDED.stream(), FOUND.stream()).toList();
    }

    /** Whether it names a file or folder rather than ready or generated data. */
    static boolean isPath(String name) {
        return !names().contains(name) && !Synthetic.isOne(name) && (looksLikePath(name) || exists(name));
    }

    /**
     * Loads data.
     *
     * @param name of ready data, or a path, or the text of a {@link Synthetic} set
     * @param directory where to look first for data that is not part of the application
     * @throws IllegalArgumentException if there is no data of that name
     * @throws DataException if the data is missing or damaged
     */
    static Corpus load(String name, Optional<Path> directory, Reading reading) {
        return switch (name) {
            case "digits" -> digits();
            case "breast-cancer" ->
                table(
                        name,
                        TargetKind.CLASSES,
                        "W. Wolberg, O. Mangasarian, N. Street and W. Street, \"Breast Cancer Wisconsin (Diagnostic)\", UCI"
                                + " Machine Learning Repository, 1993, doi 10.24432/C5DW2B; CC BY 4.0");
            case "diabetes" ->
                table(
                        name,
                        TargetKind.NUMBERS,
                        "B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, \"Least Angle Regression\", The Annals of"
                                + " Statistics 32(2), 2004; from scikit-learn, BSD 3-Clause");
            case "shakespeare" -> shakespeare(reading.length());
            case "mnist" -> IdxCorpus.MNIST.load(directory);
            case "fashion-mnist" -> IdxCorpus.FASHION_MNIST.load(directory);
            case "cifar-10" -> Cifar.TEN.read(place(name, directory));
            case "cifar-100" -> Cifar.HUNDRED.read(place(name, directory));
            default -> other(name, reading);
        };
    }

    private static Corpus other(String name, Reading reading) {
        if (Synthetic.isOne(name)) {
            return Synthetic.parse(name).corpus();
        }
        if (isPath(name)) {
            Path path = Path.of(name);
            return reading.format().orElseGet(() -> Format.of(path)).read(path, reading);
        }
        List<String> known =
                Stream.concat(names().stream(), Synthetic.names().stream()).toList();
        throw new IllegalArgumentException(
                Names.unknown("data set", name, known) + "; a file or folder is named by its path, such as ./" + name);
    }

    private static boolean looksLikePath(String name) {
        return name.contains("/") || name.contains("\\") || name.startsWith(".");
    }

    private static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * 1,797 handwritten digits of 8x8 pixels with values 0 to 16: the test part of "Optical Recognition of Handwritten
     * Digits" (E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, doi 10.24432/C50P49), as distributed with
     * scikit-learn; CC BY 4.0.
     */
    private static Corpus digits() {
        Csv format = new Csv(
                Optional.empty(),
                Optional.of(false),
                Optional.of(TargetKind.CLASSES),
                Optional.of(Shape.image(1, 8, 8)));
        String attribution =
                "E. Alpaydin and C. Kaynak, \"Optical Recognition of Handwritten Digits\", UCI Machine Learning"
                        + " Repository, 1998, doi 10.24432/C50P49; CC BY 4.0";
        return format.corpus("digits", rows(format, "digits"), attribution);
    }

    private static Corpus table(String name, TargetKind kind, String attribution) {
        Csv format = new Csv(Optional.empty(), Optional.of(true), Optional.of(kind), Optional.empty());
        return format.corpus(name, rows(format, name), attribution);
    }

    private static CsvTable rows(Csv format, String name) {
        String file = name + ".csv.gz";
        return DataFile.resource(file, in -> format.read(in, file));
    }

    /** W. Shakespeare's plays (public domain), in A. Karpathy's excerpt of 40,000 lines, 2015. */
    private static Corpus shakespeare(int length) {
        String file = "shakespeare.txt.gz";
        byte[] bytes = DataFile.resource(file, in -> in.readAllBytes());
        String attribution = "W. Shakespeare's plays, public domain; 40,000 lines chosen by A. Karpathy, 2015";
        return new TextCorpus("shakespeare", Text.of(MemorySegment.ofArray(bytes), file), length, attribution);
    }

    private static Path place(String name, Optional<Path> directory) {
        List<Path> places = IdxCorpus.places(name, directory);
        Cifar format = name.equals("cifar-10") ? Cifar.TEN : Cifar.HUNDRED;
        return places.stream()
                .filter(format::isIn)
                .findFirst()
                .orElseThrow(() -> new DataException(
                        "%1$s was not found in %2$s; fetch it with 'thalweg data %1$s --download', or name the folder of its binary version with --data-dir"
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                places.stream()
                                                        .map(Path::toString)
                                                        .toList()))));
    }
}
