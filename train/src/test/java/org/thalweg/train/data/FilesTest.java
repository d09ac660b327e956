package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
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
