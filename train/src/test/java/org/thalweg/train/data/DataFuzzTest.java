package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens to a file or a text, the answer is its content or one sentence about it, which names the file and a place
 * in it. Inputs are small, so that an allocation that trusts a header would fail the test with an OutOfMemoryError.
 */
@Timeout(3600)
class DataFuzzTest {
    private static final int LEAST_REFUSED_PERCENT = 5;

    @TempDir
    Path folder;

    /** What is read. */
    enum Parser {
        IDX(".*(offset \\d+|damaged|labels).*") {
            @Override
            byte[] valid() {
                ByteBuffer file = ByteBuffer.allocate(16 + 24)
                        .putInt(0x803)
                        .putInt(4)
                        .putInt(2)
                        .putInt(3);
                return file.array();
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                byte[] labels = {0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 0};
                Files.write(folder.resolve("x-labels-idx1-ubyte"), labels);
                use(Format.IDX, Files.write(folder.resolve("x-images-idx3-ubyte"), bytes));
            }
        },
        IDX_ZIPPED(".*(offset \\d+|damaged|labels).*") {
            @Override
            byte[] valid() throws IOException {
                return FilesTest.zipped(IDX.valid());
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                IDX.read(folder, bytes);
            }
        },
        LABELS(".*(offset \\d+|damaged|labels).*") {
            @Override
            byte[] valid() {
                return new byte[] {0, 0, 8, 1, 0, 0, 0, 4, 0, 1, 2, 0};
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                Files.write(folder.resolve("x-labels-idx1-ubyte"), bytes);
                use(Format.IDX, Files.write(folder.resolve("x-images-idx3-ubyte"), IDX.valid()));
            }
        },
        CIFAR(".*offset \\d+.*") {
            @Override
            byte[] valid() {
                return new byte[2 * 3073];
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                use(Format.CIFAR10, Files.write(folder.resolve("x.bin"), bytes));
            }
        },
        CSV(".*(line \\d+|column \\d+|no rows|damaged|not a CSV file).*") {
            @Override
            byte[] valid() {
                return "a,b,c\n1,2.5,x\n\"-3e1\",4,\"y\"\n7,8,x\n".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                use(Format.CSV, Files.write(folder.resolve("x.csv"), bytes));
            }
        },
        ROWS(".*(line \\d+|column \\d+|no rows|damaged|not a CSV file).*") {
            @Override
            byte[] valid() {
                return "a;b;c\n1;2.5;3\n\"-3e1\";4;5\n".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                InputFiles.rows(Files.write(folder.resolve("rows.csv"), bytes), 3, Optional.empty());
            }
        },
        TEXT(".*(offset \\d+|damaged|characters).*") {
            @Override
            byte[] valid() {
                return "\uFEFFaé€😀 some plain text to be cut".repeat(3).getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                use(Format.TEXT, Files.write(folder.resolve("x.txt"), bytes));
            }
        },
        PNG(".*(offset \\d+|damaged image|header|pixels).*") {
            @Override
            byte[] valid() throws IOException {
                return image("png");
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                Path classes = Files.createDirectories(folder.resolve("images/a"));
                Files.write(classes.resolve("x.png"), bytes);
                use(Format.IMAGES, folder.resolve("images"));
            }
        },
        JPEG(".*(offset \\d+|damaged image|header|pixels).*") {
            @Override
            byte[] valid() throws IOException {
                return image("jpg");
            }

            @Override
            void read(Path folder, byte[] bytes) throws IOException {
                Path classes = Files.createDirectories(folder.resolve("photos/a"));
                Files.write(classes.resolve("x.jpg"), bytes);
                use(Format.IMAGES, folder.resolve("photos"));
            }
        },
        SYNTHETIC(".*(at character \\d+|there is no|too long).*") {
            @Override
            byte[] valid() {
                return "gaussians:n=100,classes=3,features=2,spread=1,seed=5".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void read(Path folder, byte[] bytes) {
                Synthetic data = Synthetic.parse(new String(bytes, StandardCharsets.ISO_8859_1));
                Copies.input(data.corpus().examples(), 0);
            }
        },
        AUGMENTATION(".*(at character \\d+|there is no|too long).*") {
            @Override
            byte[] valid() {
                return "crop:padding=4".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void read(Path folder, byte[] bytes) {
                Augmentation.parse(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        },
        PREPROCESSING(".*(at character \\d+|there is no|too long).*") {
            @Override
            byte[] valid() {
                return "standardise".getBytes(StandardCharsets.UTF_8);
            }

            @Override
            void read(Path folder, byte[] bytes) {
                Fitting.parse(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        };

        private final String sentence;

        Parser(String sentence) {
            this.sentence = sentence;
        }

        abstract byte[] valid() throws IOException;

        abstract void read(Path folder, byte[] bytes) throws IOException;

        boolean isFile() {
            return ordinal() < SYNTHETIC.ordinal();
        }
    }

    /** Reads a file and copies its first and last examples. */
    private static void use(Format format, Path path) {
        Parts parts = format.read(
                        path,
                        new Reading(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                2))
                .divide(new Split(0, 0.4, 1));
        for (Examples part : List.of(parts.train(), parts.test())) {
            for (int row : new int[] {0, part.count() - 1}) {
                MemorySegment input =
                        MemorySegment.ofArray(new byte[(int) part.inputLayout().bytes()]);
                part.copy(
                        row,
                        input,
                        MemorySegment.ofArray(new byte[(int) part.targetLayout().bytes()]));
            }
        }
    }

    private static byte[] image(String format) throws IOException {
        BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 63; i++) {
            image.setRGB(i % 9, i / 9, 0x010305 * i);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private static byte[] damaged(byte[] bytes, SplitMix64 random) {
        byte[] damaged = bytes.clone();
        for (int i = random.below(4); i >= 0; i--) {
            damaged[random.below(Math.min(damaged.length, 1 << random.below(12)))] = surprise(random);
        }
        int at = random.below(damaged.length + 1);
        return switch (random.below(5)) {
            case 0 -> Arrays.copyOf(damaged, random.below(damaged.length));
            case 1 -> Arrays.copyOf(damaged, damaged.length + 1 + random.below(20));
            case 2 -> joined(damaged, at, new byte[] {surprise(random)}, at);
            case 3 -> joined(damaged, at, Arrays.copyOfRange(damaged, at / 2, at), at);
            default -> damaged;
        };
    }

    private static byte surprise(SplitMix64 random) {
        byte[] likely = {0, -1, 127, '"', ',', '\n', ';', '-', '9', 'e', ':', '='};
        return random.below(2) == 0 ? (byte) random.next() : likely[random.below(likely.length)];
    }

    private static byte[] joined(byte[] bytes, int to, byte[] between, int from) {
        ByteBuffer joined = ByteBuffer.allocate(to + between.length + bytes.length - from);
        return joined.put(bytes, 0, to)
                .put(between)
                .put(bytes, from, bytes.length - from)
                .array();
    }

    private void fuzz(Parser parser, int inputs) throws IOException {
        byte[] valid = parser.valid();
        try {
            parser.read(folder, valid);
        } catch (IllegalArgumentException e) {
            assertThat(e).as("the text that is damaged below").hasMessageContaining("empty");
        }
        SplitMix64 random = new SplitMix64(parser.ordinal());
        int refused = 0;
        for (int i = 0; i < inputs; i++) {
            byte[] input = damaged(valid, random);
            try {
                parser.read(folder, input);
            } catch (DataException | IllegalArgumentException e) {
                refused++;
                check(parser, e, i);
            } catch (UncheckedIOException | StackOverflowError e) {
                throw new AssertionError("input %d of %s".formatted(i, parser), e);
            }
        }
        assertThat(refused * 100L).isGreaterThan((long) inputs * LEAST_REFUSED_PERCENT);
    }

    private void check(Parser parser, RuntimeException e, int input) {
        String message = String.valueOf(e.getMessage());
        assertThat(message).as("input %d", input).doesNotContain("\n").hasSizeLessThan(1000);
        boolean emptyPart = e instanceof IllegalArgumentException && message.contains("part");
        if (!emptyPart) { // too few examples to divide is no fault of the file's form
            assertThat(message).as("input %d", input).matches(parser.sentence);
            assertThat(message).as("input %d", input).contains(parser.isFile() ? folder.toString() : "");
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesDamage(Parser parser) throws IOException {
        fuzz(parser, 2_000);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void survivesMuchDamage(Parser parser) throws IOException {
        fuzz(parser, 100_000);
    }
}
