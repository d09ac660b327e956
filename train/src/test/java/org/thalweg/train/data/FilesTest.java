package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Files and folders of the user's own, as they are asked for by path. */
class FilesTest {
    @TempDir
    Path folder;

    private static ExampleCorpus load(Path path) {
        return (ExampleCorpus) Corpus.load(path.toString(), Optional.empty());
    }

    private static ExampleCorpus load(Path path, Shape shape) {
        Reading reading = new Reading(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(shape),
                Reading.DEFAULT_LENGTH);
        return (ExampleCorpus) Corpora.load(path.toString(), Optional.empty(), reading);
    }

    private static void assertRefused(Path path, String message) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> load(path))
                .withMessageContaining(message)
                .withMessageContaining(path.toString());
    }

    static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Images of so many bytes each, counting up from 0; labels count up too. */
    private void idx(String part, boolean zip, int... sizes) throws IOException {
        int items = 1;
        for (int size : sizes) {
            items *= size;
        }
        ByteBuffer inputs = ByteBuffer.allocate(4 + 4 * sizes.length + items).putInt(0x800 | sizes.length);
        for (int size : sizes) {
            inputs.putInt(size);
        }
        for (int i = 0; i < items; i++) {
            inputs.put((byte) i);
        }
        ByteBuffer labels = ByteBuffer.allocate(8 + sizes[0]).putInt(0x801).putInt(sizes[0]);
        for (int i = 0; i < sizes[0]; i++) {
            labels.put((byte) (i % 3));
        }
        String end = "-ubyte" + (zip ? ".gz" : "");
        Files.write(
                folder.resolve(part + "-images-idx" + sizes.length + end),
                zip ? zipped(inputs.array()) : inputs.array());
        Files.write(folder.resolve(part + "-labels-idx1" + end), zip ? zipped(labels.array()) : labels.array());
    }

    @Test
    void anIdxFolderHasItsParts() throws IOException {
        idx("train", true, 6, 2, 2);
        idx("t10k", false, 3, 2, 2);
        ExampleCorpus corpus = load(folder);
        assertThat(corpus.examples().shape()).isEqualTo(Shape.image(1, 2, 2));
        assertThat(corpus.examples().labels()).containsExactly(0, 1, 2, 0, 1, 2);
        assertThat(corpus.test().orElseThrow().count()).isEqualTo(3);
        assertThat(Copies.input(corpus.examples(), 1)).containsExactly(4, 5, 6, 7);
        assertThat(load(folder.resolve("t10k-images-idx3-ubyte")).examples().count())
                .isEqualTo(3);
    }

    @Test
    void idxFilesHaveTwoToFourDimensions() throws IOException {
        idx("train", false, 5, 7);
        assertThat(load(folder).examples().shape()).isEqualTo(Shape.vector(7));
        Files.delete(folder.resolve("train-images-idx2-ubyte"));
        idx("train", false, 5, 3, 2, 4);
        assertThat(load(folder).examples().shape()).isEqualTo(Shape.image(3, 2, 4));
        Files.delete(folder.resolve("train-labels-idx1-ubyte"));
        assertRefused(folder.resolve("train-images-idx4-ubyte"), "has no train-labels-idx1-ubyte beside it");
    }

    /** Records as CIFAR-10 has them: pixel i of image n is (i + n) modulo 256, its label n modulo 10. */
    private static byte[] cifar(int count, int labelBytes) {
        byte[] records = new byte[count * (labelBytes + 3072)];
        for (int n = 0; n < count; n++) {
            int start = n * (labelBytes + 3072);
            records[start + labelBytes - 1] = (byte) (n % 10);
            for (int i = 0; i < 3072; i++) {
                records[start + labelBytes + i] = (byte) (i + n);
            }
        }
        return records;
    }

    @Test
    void readsCifar10() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), cifar(3, 1));
        Files.write(folder.resolve("data_batch_2.bin"), cifar(2, 1));
        Files.write(folder.resolve("test_batch.bin"), cifar(4, 1));
        Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
        ExampleCorpus corpus = load(folder);
        assertThat(corpus.name()).isEqualTo("cifar-10");
        assertThat(corpus.examples().shape()).isEqualTo(Shape.image(3, 32, 32));
        assertThat(corpus.examples().labels()).containsExactly(0, 1, 2, 0, 1);
        assertThat(Copies.input(corpus.examples(), 4)).startsWith(1, 2, 3).endsWith(0);
        assertThat(corpus.test().orElseThrow().count()).isEqualTo(4);
        assertThat(corpus.classNames()).hasSize(10).startsWith("a", "b");
        assertThat(Corpus.load("cifar-10", Optional.of(folder)).classNames()).hasSize(10);
    }

    @Test
    void readsCifar100() throws IOException {
        Files.write(folder.resolve("train.bin"), cifar(3, 2));
        Files.write(folder.resolve("test.bin"), cifar(2, 2));
        ExampleCorpus corpus = load(folder);
        assertThat(corpus.examples().task()).isEqualTo(new Task.Classification(100));
        assertThat(corpus.examples().labels()).containsExactly(0, 1, 2);
        assertThat(corpus.classNames()).isEmpty();
    }

    @Test
    void refusesDamagedCifar() throws IOException {
        Path file = folder.resolve("data_batch_1.bin");
        byte[] records = cifar(2, 1);
        Files.write(file, java.util.Arrays.copyOf(records, 6145));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> load(folder))
                .withMessage(
                        "%s, offset 6145: the file ends inside a record; cifar-10 has records of 3073 bytes each",
                        file);
        records[3073] = 10;
        Files.write(file, records);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> load(folder))
                .withMessage("%s, offset 3073: label 10 is outside 0 to 9", file);
    }

    private static BufferedImage image(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (type == BufferedImage.TYPE_BYTE_GRAY) {
                    image.getRaster().setSample(x, y, 0, 10 * y + x);
                } else {
                    image.setRGB(x, y, new Color(10 * y + x, 100 + x, 200 + y).getRGB());
                }
            }
        }
        return image;
    }

    private void write(String path, BufferedImage image) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        ImageIO.write(image, path.endsWith("png") ? "png" : "jpg", file.toFile());
    }

    @Test
    void readsImageFoldersOfColour() throws IOException {
        write("cat/1.png", image(3, 2, BufferedImage.TYPE_INT_RGB));
        write("cat/2.PNG".toLowerCase(java.util.Locale.ROOT), image(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        write("dog/1.jpeg", image(3, 2, BufferedImage.TYPE_INT_RGB));
        Files.writeString(folder.resolve("dog/notes.txt"), "no image");
        ExampleCorpus corpus = load(folder);
        assertThat(corpus.classNames()).containsExactly("cat", "dog");
        assertThat(corpus.examples().labels()).containsExactly(0, 0, 1);
        assertThat(corpus.examples().shape()).isEqualTo(Shape.image(3, 2, 3));
        assertThat(Copies.input(corpus.examples(), 0))
                .containsExactly(0, 1, 2, 10, 11, 12, 100, 101, 102, 100, 101, 102, 200, 200, 200, 201, 201, 201);
        assertThat(Copies.input(corpus.examples(), 1)).startsWith(0, 1, 2, 10, 11, 12, 0, 1, 2);
    }

    @Test
    void greyImagesHaveOneChannelAndTheirOwnSamples() throws IOException {
        write("train/a/1.png", image(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        write("train/b/1.png", image(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        write("test/b/1.png", image(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        ExampleCorpus corpus = load(folder);
        assertThat(corpus.examples().shape()).isEqualTo(Shape.image(1, 2, 3));
        assertThat(Copies.input(corpus.examples(), 0)).containsExactly(0, 1, 2, 10, 11, 12);
        assertThat(corpus.test().orElseThrow().labels()).containsExactly(1);
        write("test/c/1.png", image(3, 2, BufferedImage.TYPE_BYTE_GRAY));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> load(folder))
                .withMessageContaining("is a class that the training part does not have");
    }

    @Test
    void imagesOfManySizesAreBroughtToOne() throws IOException {
        BufferedImage red = new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB);
        BufferedImage grey = new BufferedImage(7, 9, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 800; i++) {
            red.setRGB(i % 40, i / 40, 0xC80000);
            grey.getRaster().setSample(i % 7, i % 9, 0, 77);
        }
        write("a/1.png", red);
        write("b/1.png", grey);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> load(folder))
                .withMessageContaining("has 9x7 pixels")
                .withMessageContaining("--shape");
        Examples sized = load(folder, Shape.image(3, 4, 4)).examples();
        assertThat(Copies.input(sized, 0)).startsWith(200, 200).endsWith(0, 0);
        assertThat(Copies.input(sized, 1)).containsOnly(77);
        assertThat(Copies.input(load(folder, Shape.image(1, 5, 5)).examples(), 0))
                .containsOnly(60);
        assertThatIllegalArgumentException().isThrownBy(() -> load(folder, Shape.image(2, 5, 5)));
    }

    @Test
    void refusesDamagedImages() throws IOException {
        write("a/1.png", image(3, 2, BufferedImage.TYPE_INT_RGB));
        Path bad = folder.resolve("a/2.png");
        Files.writeString(bad, "not an image");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> load(folder))
                .withMessage("%s, offset 0: neither a PNG nor a JPEG image", bad);
        byte[] png = Files.readAllBytes(folder.resolve("a/1.png"));
        // The header promises a billion by a billion pixels: refused before room for them is made.
        ByteBuffer.wrap(png).putInt(16, 1_000_000_000).putInt(20, 1_000_000_000);
        Files.write(bad, png);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> load(folder))
                .withMessageContaining(bad.toString());
    }

    @Test
    void tellsWhatAPathIs() throws IOException {
        Path csv = Files.writeString(folder.resolve("t.csv"), "1,2,a\n3,4,b\n");
        assertThat(load(csv).classNames()).containsExactly("a", "b");
        Path zip = Files.write(
                folder.resolve("t.csv.gz"), zipped("1;2;a\n3;4;b\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(load(zip).classNames()).containsExactly("a", "b");
        Path text = Files.writeString(folder.resolve("t.txt"), "to be or not to be");
        assertThat(((TextCorpus) Corpus.load(text.toString(), Optional.empty()))
                        .text()
                        .length())
                .isEqualTo(18);
        Path unknown = Files.writeString(folder.resolve("t.dat"), "1,2\n");
        assertRefused(unknown, "say what with --format");
        assertRefused(folder.resolve("none.csv"), "there is no file or folder");
        assertRefused(folder, "holds neither IDX or CIFAR files nor folders of PNG or JPEG images");
        Path broken = Files.write(folder.resolve("b.csv.gz"), java.util.Arrays.copyOf(Files.readAllBytes(zip), 25));
        assertRefused(broken, "gzip data is broken or cut short");
    }

    /** What config.json keeps, through a real JSON parser, loads the very same data. */
    @Test
    void aRequestIsKeptAndLoadsTheSameAgain() throws IOException {
        Path csv = Files.writeString(folder.resolve("t.csv"), "x,y,z\n1,2,a\n3,4,b\n5,6,a\n7,8,b\n9,10,a\n");
        Reading reading = new Reading(
                Optional.of(Format.CSV),
                Optional.of("z"),
                Optional.of(TargetKind.CLASSES),
                Optional.of(true),
                Optional.of(Shape.vector(2)),
                64);
        DataRequest request = new DataRequest(
                csv.toString(),
                Optional.of(folder),
                reading,
                new Split(0.2, 0.25, 7),
                Optional.of(Fitting.parse("standardise")),
                java.util.List.of(Augmentation.parse("mixup:0.3")));
        Dataset data = request.load();
        JsonMapper json = JsonMapper.shared();
        Map<?, ?> saved = json.readValue(json.writeValueAsString(data.json()), Map.class);
        DataRequest again =
                DataRequest.of((Map<?, ?>) java.util.Objects.requireNonNull(saved.get("request")), "config.json");
        assertThat(again).isEqualTo(request);
        assertThat(DataForm.of(saved, "config.json")).isEqualTo(data.form());
        assertThat(Copies.input(again.load().train(), 0)).isEqualTo(Copies.input(data.train(), 0));
    }

    @Test
    void saysWhatIsWrongInAConfiguration() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> DataRequest.of(Map.of("source", 3), "config.json"))
                .withMessage("config.json: \"source\" is not a text");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> DataForm.of(Map.of("shape", Map.of("kind", "cube")), "config.json"))
                .withMessage("config.json, shape: there is no shape of kind \"cube\"");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Preprocessing.of(
                        Map.of(
                                "kind",
                                "standardisation",
                                "means",
                                java.util.List.of(1),
                                "deviations",
                                java.util.List.of()),
                        "config.json"))
                .withMessageContaining("must pair up");
    }

    /** A regression is trained on standardised answers; the form brings them back. */
    @Test
    void answersOfARegressionAreStandardised() {
        Dataset data = Dataset.of(Corpus.load("diabetes", Optional.empty()), new Split(1));
        double mean = 0;
        double square = 0;
        int count = data.train().count();
        for (int row = 0; row < count; row++) {
            double target = Copies.numbers(data.train(), row)[0];
            mean += target / count;
            square += target * target / count;
        }
        assertThat(mean).isCloseTo(0, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(square).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-5));
        Standardisation scale = data.form().targetScale().orElseThrow();
        double original = scale.undo(0, Copies.numbers(data.test(), 0)[0]);
        assertThat(original).isCloseTo(Math.rint(original), org.assertj.core.api.Assertions.within(1e-4));
    }
}
