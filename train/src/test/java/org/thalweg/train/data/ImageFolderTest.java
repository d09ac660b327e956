package org.thalweg.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
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
}
