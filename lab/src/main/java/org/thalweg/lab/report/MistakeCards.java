package org.thalweg.lab.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Node;
import org.thalweg.train.metrics.Picture;
import tools.jackson.databind.JsonNode;

/** The examples that cost most, as cards; with a picture where they are images. */
record MistakeCards(JsonNode examination, IntFunction<String> className) {
    List<Element> cards() {
        List<Element> cards = new ArrayList<>();
        for (JsonNode mistake : examination.path("mistakes")) {
            cards.add(card(mistake));
        }
        return cards;
    }

    private Element card(JsonNode mistake) {
        String example = "test example %,d".formatted(mistake.path("example").asLong(0));
        List<Node> parts = new ArrayList<>();
        picture(mistake.path("picture"))
                .ifPresent(picture -> parts.add(Element.of("img")
                        .with("src", dataUri(picture))
                        .with("alt", example)
                        .with("width", picture.width())
                        .with("height", picture.height())));
        parts.add(Element.of("p", words(mistake).toArray(Node[]::new)));
        parts.add(Element.text("p", "loss %s, %s".formatted(number(mistake.path("loss")), example))
                .classed("soft"));
        return Element.of("div", parts).classed("mistake");
    }

    private List<Node> words(JsonNode mistake) {
        if (mistake.path("truth").isArray()) {
            return List.of(
                    Element.text("b", numbers(mistake.path("predicted"))),
                    new Node.Text(" told, it is "),
                    Element.text("b", numbers(mistake.path("truth"))));
        }
        return List.of(
                Element.text("b", className.apply(mistake.path("truth").asInt(0))),
                new Node.Text(" taken for "),
                Element.text("b", className.apply(mistake.path("predicted").asInt(0))),
                new Node.Text(
                        " (%.1f %%)".formatted(100 * mistake.path("probability").asDouble(Double.NaN))));
    }

    private static String numbers(JsonNode values) {
        return String.join(", ", values.valueStream().map(MistakeCards::number).toList());
    }

    private static String number(JsonNode value) {
        return value.isNumber() ? Numbers.text(value.doubleValue()) : "–";
    }

    private static Optional<Picture> picture(JsonNode json) {
        try {
            return Optional.of(json)
                    .filter(JsonNode::isObject)
                    .map(picture -> new Picture(
                            picture.path("channels").asInt(0),
                            picture.path("height").asInt(0),
                            picture.path("width").asInt(0),
                            Base64.getDecoder().decode(picture.path("pixels").asString(""))));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Damaged: the words are still worth reading.
        }
    }

    /** A PNG file in an address. */
    static String dataUri(Picture picture) {
        int area = picture.height() * picture.width();
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < area; i++) {
            int red = picture.pixels()[i] & 0xFF;
            int green = picture.channels() == 3 ? picture.pixels()[area + i] & 0xFF : red;
            int blue = picture.channels() == 3 ? picture.pixels()[2 * area + i] & 0xFF : red;
            image.setRGB(i % picture.width(), i / picture.width(), (red << 16) | (green << 8) | blue);
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "png", out);
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
