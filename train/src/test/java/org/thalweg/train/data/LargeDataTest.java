package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.train.ChildJvm;

/** Data sets that a process has no memory for are fitted, shuffled and batched all the same. */
class LargeDataTest {
    private static final int IMAGES = 400;
    private static final int SIDE = 800;
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    /** What the child does: opens the data, standardises it, and goes through a shuffled epoch. */
    static final class Child {
        private Child() {}

        public static void main(String[] paths) {
            for (String path : paths) {
                Dataset data = Dataset.of(Corpus.load(path, Optional.empty()), new Split(1));
                long seen = 0;
                try (Batches batches = new Batches(data.train(), 4);
                        PointerScope _ = new PointerScope()) {
                    for (Batch batch : batches.shuffled(1, 1)) {
                        seen += batch.count();
                    }
                }
                System.out.printf("%s: %d examples%n", path, seen);
            }
            System.out.println("anonymous megabytes: " + anonymousMegabytes());
        }

        /** The process's own memory at its largest, without the pages of files, which the system takes back when it needs them. */
        private static long anonymousMegabytes() {
            try {
                return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("RssAnon"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                        .findFirst()
                        .orElse(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A file of 100 kB that unpacks to 100 MB: refused, not unpacked until memory runs out. */
    static final class Bomb {
        private Bomb() {}

        public static void main(String[] paths) {
            try {
                Corpus.load(paths[0], Optional.empty());
                System.out.println("read");
            } catch (DataException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void aFileThatUnpacksToMoreThanMemoryIsRefused() throws IOException, InterruptedException {
        Path bomb = Files.write(folder.resolve("book.txt.gz"), FilesTest.zipped(new byte[100_000_000]));
        assertThat(ChildJvm.run(folder, Map.of(), List.of("-Xmx64m"), Bomb.class, bomb.toString()))
                .contains("book.txt.gz, offset 16", "unpack it with gunzip first");
    }

    private static void write(Path file, byte[] head, long length) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(head);
            out.setLength(length); // a hole: it takes no room on the disk
        }
    }

    /** 256 MB of bytes that are 1 GB as numbers, a text of 80 MB, and pictures that are 1.5 GB as numbers, beside a heap of 64 MB. */
    @Test
    void aSmallProcessReadsLargeData() throws IOException, InterruptedException {
        Path idx = Files.createDirectory(folder.resolve("idx"));
        byte[] header = ByteBuffer.allocate(16)
                .putInt(0x803)
                .putInt(IMAGES)
                .putInt(SIDE)
                .putInt(SIDE)
                .array();
        write(idx.resolve("train-images-idx3-ubyte"), header, 16 + (long) IMAGES * SIDE * SIDE);
        byte[] labels = ByteBuffer.allocate(8).putInt(0x801).putInt(IMAGES).array();
        write(idx.resolve("train-labels-idx1-ubyte"), labels, 8 + IMAGES);
        Path text = folder.resolve("book.txt");
        write(text, "to be".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 80 * MEGABYTE);
        Path pictures = Files.createDirectories(folder.resolve("pictures/one"));
        BufferedImage picture = new BufferedImage(1000, 1000, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(picture, "png", pictures.resolve("0.png").toFile());
        for (int i = 1; i < 130; i++) {
            Files.copy(pictures.resolve("0.png"), pictures.resolve(i + ".png"));
        }
        String printed = ChildJvm.run(
                folder,
                Map.of(),
                List.of("-Xmx64m", "--enable-native-access=ALL-UNNAMED"),
                Child.class,
                idx.toString(),
                text.toString(),
                pictures.resolveSibling(".").normalize().toString());
        assertThat(printed).contains("idx: 320 examples", "pictures: 104 examples", "book.txt: 524284 examples");
        long megabytes = Long.parseLong(printed.replaceAll("(?s).*anonymous megabytes: (\\d+).*", "$1"));
        assertThat(megabytes).as(printed).isLessThan(700);
    }
}
