package org.thalweg.train.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** The kinds of files and folders that data is read from. */
public enum Format {
    /** A table of numbers as text, plain or gzipped. */
    CSV {
        @Override
        Corpus read(Path path, Reading reading) {
            Csv csv = new Csv(reading.target(), reading.header(), reading.kind(), reading.shape());
            CsvTable table = DataFile.read(path, in -> csv.read(in, path.toString()));
            return csv.corpus(fileName(path), table, "");
        }
    },
    /** IDX files of bytes, as MNIST's: a folder, or one file of examples with its labels beside it; plain or gzipped. */
    IDX {
        @Override
        Corpus read(Path path, Reading reading) {
            return IdxFolder.read(path);
        }
    },
    /** The binary version of CIFAR-10: its folder, or one file. */
    CIFAR10 {
        @Override
        Corpus read(Path path, Reading reading) {
            return Cifar.TEN.read(path);
        }
    },
    /** The binary version of CIFAR-100, with its fine labels: its folder, or one file. */
    CIFAR100 {
        @Override
        Corpus read(Path path, Reading reading) {
            return Cifar.HUNDRED.read(path);
        }
    },
    /** PNG and JPEG images in one folder for each class. */
    IMAGES {
        @Override
        Corpus read(Path path, Reading reading) {
            return ImageFolder.read(path, reading.shape());
        }
    },
    /** UTF-8 text, plain or gzipped. */
    TEXT {
        @Override
        Corpus read(Path path, Reading reading) {
            return new TextCorpus(fileName(path), Text.of(DataFile.bytes(path), path.toString()), reading.length(), "");
        }
    };

    /**
     * Reads a file or folder.
     *
     * @throws DataException naming file and place if it is not of this kind, or damaged
     */
    abstract Corpus read(Path path, Reading reading);

    /**
     * Tells the kind by names, and of IDX files by their first bytes.
     *
     * @throws DataException if there is no such file or folder, or it may be of several kinds or none
     */
    static Format of(Path path) {
        if (Files.isDirectory(path)) {
            return ofFolder(path);
        }
        if (!Files.exists(path)) {
            throw new DataException("there is no file or folder %s".formatted(path));
        }
        String name = fileName(path).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return CSV;
        } else if (name.endsWith(".txt")) {
            return TEXT;
        } else if (name.endsWith("-ubyte")) {
            return IDX;
        }
        throw new DataException(
                "%s may be anything; say what with --format csv, idx, cifar10, cifar100 or text".formatted(path));
    }

    private static Format ofFolder(Path folder) {
        if (Cifar.TEN.isIn(folder)) {
            return CIFAR10;
        } else if (Cifar.HUNDRED.isIn(folder)) {
            return CIFAR100;
        } else if (holdsIdx(folder)) {
            return IDX;
        } else if (ImageFolder.isOne(folder)) {
            return IMAGES;
        }
        throw new DataException(
                "%s holds neither IDX or CIFAR files nor folders of PNG or JPEG images, one for each class"
                        .formatted(folder));
    }

    private static boolean holdsIdx(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> fileName(file).matches("train-.*-ubyte(\\.gz)?"));
        } catch (IOException e) {
            throw DataFile.failure(folder.toString(), e);
        }
    }

    static String fileName(Path path) {
        return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }
}
