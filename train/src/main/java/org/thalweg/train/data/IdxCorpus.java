package org.thalweg.train.data;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A published image set of four IDX files, found on this machine and checked to be the published one.
 *
 * @param name what users call it
 * @param classes number of labels
 * @param classNames in their order; empty if they have none
 * @param checksums SHA-256 of each file, uncompressed
 * @param attribution who made it, and on what terms
 * @param help how to get it
 */
record IdxCorpus(
        String name,
        int classes,
        List<String> classNames,
        Map<String, String> checksums,
        String attribution,
        String help) {
    private static final String TRAIN = "train";
    private static final String TEST = "t10k";

    /** Y. LeCun, C. Cortes and C. J. C. Burges, "The MNIST database of handwritten digits", 1998. */
    static final IdxCorpus MNIST = new IdxCorpus(
            "mnist",
            10,
            List.of(),
            Map.of(
                    images(TRAIN), "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    labels(TRAIN), "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    images(TEST), "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    labels(TEST), "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
            "Y. LeCun, C. Cortes and C. J. C. Burges, \"The MNIST database of handwritten digits\", 1998",
            "fetch it with 'thalweg data mnist --download'");

    /** H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST", arXiv 1708.07747, 2017. */
    static final IdxCorpus FASHION_MNIST = new IdxCorpus(
            "fashion-mnist",
            10,
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot"),
            Map.of(
                    images(TRAIN), "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    labels(TRAIN), "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    images(TEST), "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    labels(TEST), "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            "H. Xiao, K. Rasul and R. Vollgraf, \"Fashion-MNIST\", arXiv 1708.07747, 2017; MIT licence",
            "fetch it with 'thalweg data fashion-mnist --download', or install Debian's package dataset-fashion-mnist");

    /**
     * Finds and reads all four files.
     *
     * @param directory if given, the only place to look in
     */
    ExampleCorpus load(Optional<Path> directory) {
        List<Path> places = places(name, directory);
        Path place = places.stream()
                .filter(candidate -> checksums.keySet().stream()
                        .anyMatch(file -> IdxFolder.find(candidate, file).isPresent()))
                .findFirst()
                .orElseThrow(() ->
                        new DataException("%s was not found in %s; %s, or name the folder of its files with --data-dir"
                                .formatted(
                                        name,
                                        places.stream().map(Path::toString).collect(Collectors.joining(", ")),
                                        help)));
        return new ExampleCorpus(name, part(place, TRAIN), Optional.of(part(place, TEST)), classNames, attribution);
    }

    /** Where to look, in order: the user's choice alone, or the user's cache and Debian's folder for data sets. */
    static List<Path> places(String name, Optional<Path> directory) {
        return places(name, directory, System.getenv(), Path.of(System.getProperty("user.home")));
    }

    static List<Path> places(String name, Optional<Path> directory, Map<String, String> environment, Path home) {
        if (directory.isPresent()) {
            return List.of(directory.get(), directory.get().resolve(name));
        }
        Path cache = Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .orElse(home.resolve(".cache"));
        return List.of(
                cache.resolve("thalweg").resolve(name),
                Path.of("/usr/share/datasets").resolve(name));
    }

    private Examples part(Path place, String part) {
        return new IdxPair(published(place, images(part), 3), published(place, labels(part), 1)).examples(classes);
    }

    private Idx published(Path place, String file, int dimensions) {
        Path path = IdxFolder.find(place, file)
                .orElseThrow(() -> new DataException(
                        "%s has some files of %s but not %s or %s.gz; %s".formatted(place, name, file, file, help)));
        Idx idx = Idx.read(path, dimensions, dimensions);
        String found = checksum(idx);
        if (!found.equals(checksums.get(file))) {
            throw new DataException("%s is not the published file of %s (SHA-256 of its content is %s); %s"
                    .formatted(path, name, found, help));
        }
        return idx;
    }

    /** Of the uncompressed file: it does not depend on who compressed it. */
    private static String checksum(Idx idx) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(idx.file().asByteBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String images(String part) {
        return part + "-images-idx3-ubyte";
    }

    private static String labels(String part) {
        return part + "-labels-idx1-ubyte";
    }
}
