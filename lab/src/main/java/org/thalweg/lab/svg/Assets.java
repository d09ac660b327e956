package org.thalweg.lab.svg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files that all pages share, for pages that are served rather than written. */
public final class Assets {
    private Assets() {}

    /** The style sheet of the house: colours in light and dark, type, cards and tables. */
    public static String styleSheet() {
        return chartSheet() + text("page.css");
    }

    /** The part of it that charts need: colours and strokes. */
    static String chartSheet() {
        return text("chart.css");
    }

    /** Plotly.js, compressed by gzip. */
    public static byte[] plotly() {
        return bytes("plotly.js.gz");
    }

    /** A style sheet or script of ours beside this class. */
    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream resource = Assets.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
