package org.thalweg.lab.svg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class PlateTest {
    private static final Curve CURVE = Curve.of(List.of(1, 2, 3), i -> i, i -> 1e-6 * i);

    private static Chart chart(String title, int lines) {
        return new Chart(
                title,
                "nats",
                "step",
                Chart.Fit.VALUES,
                IntStream.range(0, lines)
                        .mapToObj(i -> new Line(
                                "a < b & c " + i,
                                CURVE,
                                Line.Style.DOTS,
                                Hue.of(i).css()))
                        .toList());
    }

    private static Document parsed(Plate plate) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(plate.text().getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> texts(Document document) {
        NodeList all = document.getElementsByTagName("text");
        return IntStream.range(0, all.getLength())
                .mapToObj(i -> all.item(i).getTextContent())
                .toList();
    }

    @Test
    void namesChartsAndLinesAndNeedsNoPage() throws Exception {
        Document document = parsed(new Plate(List.of(chart("loss", 2), chart("error", 1), chart("empty", 0))));
        assertThat(texts(document)).contains("loss (nats)", "error (nats)", "a < b & c 0", "a < b & c 1", "step");
        assertThat(texts(document)).doesNotContain("empty (nats)");
        assertThat(document.getElementsByTagName("style").item(0).getTextContent())
                .contains("--blue", ".line");
        assertThat(document.getDocumentElement().getAttribute("width")).isEqualTo("1168");
    }

    @Test
    void growsWithTheRowsOfALegendAndWithCharts() throws Exception {
        assertThat(height(chart("one", 12))).isGreaterThan(height(chart("one", 1)));
        assertThat(height(chart("one", 1), chart("two", 1))).isEqualTo(height(chart("one", 1)));
        assertThat(height(chart("one", 1), chart("two", 1), chart("three", 1))).isGreaterThan(600);
    }

    private static int height(Chart... charts) throws Exception {
        return Integer.parseInt(
                parsed(new Plate(List.of(charts))).getDocumentElement().getAttribute("height"));
    }

    @Test
    void aLongTitleStaysOverItsChart() throws Exception {
        String small = parsed(new Plate(List.of(chart("how far apart they are, ".repeat(5), 1))))
                .getElementsByTagName("text")
                .item(0)
                .getAttributes()
                .getNamedItem("style")
                .getTextContent();
        assertThat(Double.parseDouble(small.replaceAll("[^0-9.]", ""))).isBetween(5.0, 12.0);
    }

    @Test
    void ticksHaveRoom() throws Exception {
        assertThat(texts(parsed(new Plate(List.of(chart("small", 1))))))
                .contains("2E-6")
                .noneMatch(text -> text.startsWith("0.00000"));
    }
}
