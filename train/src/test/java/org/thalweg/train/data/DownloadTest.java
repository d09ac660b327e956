package org.thalweg.train.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From servers of this machine that do well, and others that do not. */
class DownloadTest {
    private static final byte[] CONTENT = "some numbers".repeat(1_000).getBytes(UTF_8);

    @TempDir
    private Path folder;

    private LocalServer server;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        server = new LocalServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void fetchesWhatIsNotThereYetAndTellsHowFarItIs() throws Exception {
        byte[] zipped = zipped(CONTENT);
        serve("good", zipped);
        AtomicInteger last = new AtomicInteger();
        Download download = new Download(
                zippedFile(sum("SHA-256", CONTENT), "good"),
                folder,
                (file, bytes, of) -> {
                    assertThat(file).isEqualTo("numbers.gz");
                    assertThat(of).contains((long) zipped.length);
                    last.set((int) bytes);
                },
                Duration.ofSeconds(5));
        download.run();
        download.run();
        assertThat(folder.resolve("numbers.gz")).hasBinaryContent(zipped);
        assertThat(last).hasValue(zipped.length);
        assertThat(asked).as("the second time it is there").hasValue(1);
        assertOnly("numbers.gz");
    }

    @Test
    void triesTheNextSourceWhereOneFails() throws Exception {
        byte[] zipped = zipped(CONTENT);
        serve("other", zipped("other numbers".getBytes(UTF_8)));
        serve("page", "<html>log in</html>".getBytes(UTF_8));
        serve("cut", Arrays.copyOf(zipped, zipped.length / 2));
        serve("good", zipped);
        run(zippedFile(sum("SHA-256", CONTENT), "missing", "other", "page", "cut", "good"));
        assertThat(folder.resolve("numbers.gz")).hasBinaryContent(zipped);
        assertOnly("numbers.gz");
    }

    @Test
    void saysOfEachSourceWhyItDidNotDo() throws Exception {
        serve("other", zipped("other numbers".getBytes(UTF_8)));
        server.answer("early", out -> {
            LocalServer.head(out, 1_000);
            out.write(1);
        });
        Published data = zippedFile(sum("SHA-256", CONTENT), "missing", "other", "early");
        assertThatThrownBy(() -> run(data))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("made-up could not be downloaded (")
                .hasMessageContainingAll(
                        "/missing/numbers.gz: java.io.IOException: the server answers 404",
                        "/other/numbers.gz: it is not the published file",
                        "/early/numbers.gz: ",
                        "put the files into " + folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void doesNotWaitForEverForAServerThatFallsSilent() {
        CountDownLatch over = new CountDownLatch(1);
        server.answer("silent", out -> {
            LocalServer.head(out, 1_000);
            out.write(1);
            await(over);
        });
        Published data = zippedFile("", "silent");
        assertThatThrownBy(() -> new Download(data, folder, (_, _, _) -> {}, Duration.ofMillis(200)).run())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("timed out");
        over.countDown();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void takesKnownFilesAloneOutOfAnArchiveAndNothingLeavesTheFolder() throws Exception {
        byte[] archive = archive();
        serve("good", archive);
        Path inside = folder.resolve("data");
        Published data = archived(sum("MD5", archive), Set.of("one.bin", "two.bin"));
        new Download(data, inside, (_, _, _) -> {}, Duration.ofSeconds(5)).run();
        assertThat(inside.resolve("one.bin")).hasContent("one");
        assertThat(inside.resolve("two.bin")).hasContent("two");
        try (var files = Files.list(inside)) {
            assertThat(files).hasSize(2);
        }
        assertOnly("data");
    }

    @Test
    void saysWhatAnArchiveLacks() throws Exception {
        byte[] archive = archive();
        serve("good", archive);
        assertThatThrownBy(() -> run(archived(sum("MD5", archive), Set.of("one.bin", "three.bin", "link.bin"))))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("numbers.tar.gz holds no ", "three.bin", "link.bin");
    }

    @Test
    void refusesNamesOfNothingAndFoldersThatCannotBe() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Download.fetch("minst", Optional.of(folder), (_, _, _) -> {}))
                .withMessageContaining("did you mean mnist");
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Download.fetch("mnist", Optional.of(file), (_, _, _) -> {}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void knowsWhatIsPublishedByTheNamesThatReadersLookFor() {
        assertThat(Published.MNIST.files()).hasSize(4);
        assertThat(Published.FASHION_MNIST.files())
                .extracting(Published.Item::file)
                .contains("train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz");
        assertThat(Published.CIFAR_10.files())
                .singleElement()
                .satisfies(item -> assertThat(item.file()).isEqualTo("cifar-10-binary.tar.gz"));
        Published.READY.forEach((name, data) -> {
            assertThat(Corpora.names()).contains(name);
            assertThat(data.sources()).isNotEmpty();
        });
    }

    private void run(Published data) {
        new Download(data, folder, (_, _, _) -> {}, Duration.ofSeconds(5)).run();
    }

    private void assertOnly(String name) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve(name));
        }
    }

    private Published zippedFile(String sum, String... sources) {
        return new Published("made-up", uris(sources), List.of(new Published.Zipped("numbers.gz", sum)));
    }

    private Published archived(String sum, Set<String> members) {
        return new Published("made-up", uris("good"), List.of(new Published.Archive("numbers.tar.gz", sum, members)));
    }

    private List<URI> uris(String... folders) {
        return Arrays.stream(folders).map(server::folder).toList();
    }

    private void serve(String folder, byte[] bytes) {
        LocalServer.Answer file = LocalServer.file(bytes);
        server.answer(folder, out -> {
            asked.incrementAndGet();
            file.write(out);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** Two files that are wanted, one that is not, one that would lie elsewhere, and a link of a wanted name. */
    private static byte[] archive() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            add(tar, "set/one.bin", "one");
            add(tar, "set/readme.html", "read me");
            add(tar, "../../two.bin", "two");
            TarArchiveEntry link = new TarArchiveEntry("set/link.bin", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String name, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length());
        tar.putArchiveEntry(entry);
        tar.write(content.getBytes(UTF_8));
        tar.closeArchiveEntry();
    }

    private static String sum(String algorithm, byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    }
}
