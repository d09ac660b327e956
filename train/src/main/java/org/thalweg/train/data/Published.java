package org.thalweg.train.data;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data set that its authors let anyone fetch.
 *
 * @param name what users call it
 * @param sources where its files lie, the first that answers is taken
 * @param files of which it consists
 */
record Published(String name, List<URI> sources, List<Item> files) {
    /** One file there. */
    sealed interface Item {
        /** Its name, there and on this machine. */
        String file();

        /** What its sum must be. */
        String sum();
    }

    /**
     * A gzipped file that is kept as it is.
     *
     * @param sum SHA-256 of its content
     */
    record Zipped(String file, String sum) implements Item {}

    /**
     * A gzipped tar archive of which some files are kept.
     *
     * @param sum MD5 of the archive, which is what its authors tell
     * @param members by the last part of their names
     */
    record Archive(String file, String sum, Set<String> members) implements Item {}

    /** PyTorch's and TensorFlow's copies: the authors' own server does not give the files to everyone any more. */
    static final Published MNIST = idx(
            IdxCorpus.MNIST,
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/");

    static final Published FASHION_MNIST = idx(
            IdxCorpus.FASHION_MNIST,
            "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");

    static final Published CIFAR_10 = cifar(Cifar.TEN, "c32a1d4ab5d03f1284b67883e8d87530");
    static final Published CIFAR_100 = cifar(Cifar.HUNDRED, "03b5dce01913d631647c71ecec9e9cb8");

    static final Map<String, Published> READY = Map.of(
            MNIST.name, MNIST,
            FASHION_MNIST.name, FASHION_MNIST,
            CIFAR_10.name, CIFAR_10,
            CIFAR_100.name, CIFAR_100);

    private static Published idx(IdxCorpus corpus, String... sources) {
        List<Item> files = corpus.checksums().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .<Item>map(entry -> new Zipped(entry.getKey() + ".gz", entry.getValue()))
                .toList();
        return new Published(corpus.name(), Stream.of(sources).map(URI::create).toList(), files);
    }

    private static Published cifar(Cifar format, String sum) {
        Set<String> members =
                Set.copyOf(Stream.concat(format.trainFiles().stream(), Stream.of(format.testFile(), format.namesFile()))
                        .toList());
        return new Published(
                format.name(),
                List.of(URI.create("https://www.cs.toronto.edu/~kriz/")),
                List.of(new Archive(format.name() + "-binary.tar.gz", sum, members)));
    }
}
