package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxCorpusTest {
    @TempDir
    Path folder;

    /** Writes a tiny published set: three training images and two test images of 1x2 pixels, two classes. */
    private IdxCorpus published(Path place) throws Exception {
        Map<String, String> checksums = new HashMap<>();
        for (Map.Entry<String, Integer> part : Map.of("train", 3, "t10k", 2).entrySet()) {
            int count = part.getValue();
            ByteBuffer images = ByteBuffer.allocate(16 + 2 * count)
                    .putInt(0x803)
                    .putInt(count)
                    .putInt(1)
                    .putInt(2);
            ByteBuffer labels =
                    ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count).put((byte) 1);
            checksums.put(
                    part.getKey() + "-images-idx3-ubyte", write(place, part.getKey() + "-images-idx3-ubyte", images));
            checksums.put(
                    part.getKey() + "-labels-idx1-ubyte", write(place, part.getKey() + "-labels-idx1-ubyte", labels));
        }
        return new IdxCorpus("tiny", 2, List.of(), checksums, "nobody", "make it");
    }

    private static String write(Path place, String name, ByteBuffer buffer) throws Exception {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        Files.createDirectories(place);
        Files.write(place.resolve(name), bytes);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void loadsWhatIsPublished() throws Exception {
        IdxCorpus tiny = published(folder.resolve("tiny"));
        for (Path directory : new Path[] {folder, folder.resolve("tiny")}) {
            ExampleCorpus corpus = tiny.load(Optional.of(directory));
            assertThat(corpus.examples().labels()).containsExactly(1, 0, 0);
            assertThat(corpus.test().orElseThrow().labels()).containsExactly(1, 0);
        }
    }

    @Test
    void refusesAnotherContent() throws Exception {
        IdxCorpus tiny = published(folder);
        Path file = folder.resolve("t10k-images-idx3-ubyte");
        byte[] bytes = Files.readAllBytes(file);
        bytes[17] ^= 1;
        Files.write(file, bytes);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tiny.load(Optional.of(folder)))
                .withMessageContaining(file + " is not the published file of tiny")
                .withMessageContaining("make it");
    }

    @Test
    void saysWhichFileIsMissing() throws Exception {
        IdxCorpus tiny = published(folder);
        Files.delete(folder.resolve("train-labels-idx1-ubyte"));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> tiny.load(Optional.of(folder)))
                .withMessageContaining("but not train-labels-idx1-ubyte or train-labels-idx1-ubyte.gz");
    }

    @Test
    void saysWhereItLookedAndHowToGetIt() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Corpus.load("fashion-mnist", Optional.of(folder)))
                .withMessageContaining(folder.toString())
                .withMessageContaining("dataset-fashion-mnist")
                .withMessageContaining("--data-dir");
    }

    @Test
    void looksInTheCacheAndWhereDebianPutsIt() throws IOException {
        Path home = Path.of("home");
        assertThat(IdxCorpus.places("fashion-mnist", Optional.empty(), Map.of(), home))
                .containsExactly(
                        Path.of("home/.cache/thalweg/fashion-mnist"), Path.of("/usr/share/datasets/fashion-mnist"));
        assertThat(IdxCorpus.places("mnist", Optional.empty(), Map.of("XDG_CACHE_HOME", "/c"), home))
                .startsWith(Path.of("/c/thalweg/mnist"));
    }

    @Test
    void namesTheDataThereIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Corpus.load("mnits", Optional.empty()))
                .withMessageContaining("did you mean mnist?");
    }

    @Test
    void loadsFashionMnistWhereDebianPutsIt() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/usr/share/datasets/fashion-mnist")));
        ExampleCorpus corpus = IdxCorpus.FASHION_MNIST.load(Optional.of(Path.of("/usr/share/datasets")));
        assertThat(corpus.examples().count()).isEqualTo(60_000);
        assertThat(corpus.test().orElseThrow().count()).isEqualTo(10_000);
        // The authors give mean 0.2860 and deviation 0.3530 of the training pixels on a scale from 0 to 1.
        Standardisation fitted = Standardisation.fit(corpus.examples());
        assertThat(fitted.means().getFirst() / 255).isCloseTo(0.2860, org.assertj.core.api.Assertions.within(5e-5));
        assertThat(fitted.deviations().getFirst() / 255)
                .isCloseTo(0.3530, org.assertj.core.api.Assertions.within(5e-5));
    }
}
