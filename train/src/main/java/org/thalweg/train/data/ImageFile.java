package org.thalweg.train.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG or JPEG file, as its header describes it.
 *
 * @param label number of its class
 * @param grey whether it has one channel of brightness
 */
record ImageFile(Path path, int label, int width, int height, boolean grey) {
    /** Pixels in an image; a header that says more is refused before anything is decoded. */
    private static final long MOST_PIXELS = 1L << 26;

    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * Reads the header alone.
     *
     * @throws DataException naming the file if it is no image, or one of more than 67 million pixels
     */
    static ImageFile read(Path path, int label) {
        return with(path, reader -> {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
                throw new DataException("%s, header: an image of %dx%d pixels, but at most %,d are read"
                        .formatted(path, height, width, MOST_PIXELS));
            }
            ImageTypeSpecifier type = reader.getRawImageType(0);
            boolean grey = type != null
                    && type.getNumBands() == 1
                    && type.getColorModel().getNumComponents() == 1;
            return new ImageFile(path, label, width, height, grey);
        });
    }

    /** All of its pixels. */
    BufferedImage decode() {
        return with(path, reader -> {
            if (reader.getWidth(0) != width || reader.getHeight(0) != height) {
                throw new DataException("%s has changed while it was in use; start again".formatted(path));
            }
            return reader.read(0);
        });
    }

    /**
     * The shape of all of them.
     *
     * @throws DataException naming the first file of another size
     */
    static Shape commonShape(List<ImageFile> files) {
        ImageFile first = files.getFirst();
        for (ImageFile file : files) {
            if (file.width != first.width || file.height != first.height) {
                throw new DataException("%s has %dx%d pixels, but %s has %dx%d; name a shape to bring them all to, "
                                .formatted(file.path, file.height, file.width, first.path, first.height, first.width)
                        + "such as --shape 3x64x64");
            }
        }
        return Shape.image(files.stream().allMatch(ImageFile::grey) ? 1 : 3, first.height, first.width);
    }

    private static <T> T with(Path path, Use<T> use) {
        ImageIO.setUseCache(false);
        try (ImageInputStream in = ImageIO.createImageInputStream(path.toFile())) {
            if (in == null) {
                throw new DataException("%s cannot be read".formatted(path));
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataException("%s, offset 0: neither a PNG nor a JPEG image".formatted(path));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return use.of(reader);
            } finally {
                reader.dispose();
            }
        } catch (IOException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | NegativeArraySizeException
                | NullPointerException
                | ClassCastException
                | IllegalStateException e) {
            // What Java's decoders throw on damaged files.
            throw new DataException("%s is a damaged image: %s".formatted(path, oneLine(e)), e);
        }
    }

    private static String oneLine(Exception e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }
}
