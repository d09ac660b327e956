package org.thalweg.train.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * 1,797 handwritten digits of 8x8 pixels with values 0 to 16, part of this library.
 *
 * <p>The test part of "Optical Recognition of Handwritten Digits" (E. Alpaydin and C. Kaynak, UCI Machine Learning
 * Repository, 1998, doi 10.24432/C50P49), as distributed with scikit-learn; CC BY 4.0.
 */
final class Digits {
    private static final String RESOURCE = "digits.csv.gz";
    private static final CsvImages FORMAT = new CsvImages(Shape.image(1, 8, 8), 16, 10);

    private Digits() {}

    static Corpus load() {
        InputStream resource = Digits.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new DataException("the digits are missing from the application; build it again");
        }
        try (InputStream text = new GZIPInputStream(resource)) {
            return new Corpus("digits", FORMAT.read(text, RESOURCE), Optional.empty());
        } catch (IOException e) {
            throw new DataException("%s is damaged: %s".formatted(RESOURCE, e.getMessage()), e);
        }
    }
}
