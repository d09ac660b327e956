package org.thalweg.lab.svg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.figure.Field;
import org.thalweg.lab.figure.Heights;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.figure.Mark;
import org.thalweg.lab.figure.Terrain;
import org.thalweg.lab.figure.Track;
import org.thalweg.lab.figure.Window;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {
    private static final String HOSTILE = "<img src=x onerror='alert(1)'>&\"</script>]]>-->";

    private static final Field FIELD = Field.of(Window.around(2), 21, 17, (x, y) -> x * x + y * y);
    private static final Heights HEIGHTS = Heights.of(FIELD, OptionalDouble.of(0));
    private static final Track WITHIN = new Track(
            HOSTILE, Hue.BLUE, false, new double[] {2, 1, 0.5}, new double[] {-2, -1, 0}, new double[] {8, 2, 0.25});
    private static final Track AWAY = new Track(
            "away", Hue.ORANGE, true, new double[] {1, 1e30, Double.NaN}, new double[] {1, 5, 1}, new double[] {
                2, 1e60, 0
            });

    private static Document page(List<? extends Node> parts) throws Exception {
        String text = new Page(HOSTILE, parts).text();
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text.substring(text.indexOf('\n')))));
    }

    private static List<String> values(Document page, String path) throws Exception {
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, page, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }

    private static Terrain terrain() {
        List<Mark> marks =
                List.of(new Mark("start", Mark.Kind.START, 2, -2), new Mark(HOSTILE, Mark.Kind.MINIMUM, 0, 0));
        return new Terrain(HOSTILE, HOSTILE, HOSTILE, FIELD, HEIGHTS, List.of(WITHIN, AWAY), marks);
    }

    private static ContourMap map() {
        return new ContourMap(terrain());
    }

    private static Surface surface() {
        return new Surface(terrain());
    }

    private static JsonNode data(Document page, String kind) throws Exception {
        return JsonMapper.shared()
                .readTree(values(page, "//script[@data-kind='" + kind + "']").getFirst());
    }

    @Test
    void names_are_text_wherever_they_stand() throws Exception {
        List<Node> parts = new ArrayList<>(List.of(map().figure(), surface().figure()));
        parts.add(new Player(new int[] {0, 1, 2}).controls());
        parts.addAll(Player.script());
        Document page = page(parts);
        assertThat(values(page, "//img")).isEmpty();
        assertThat(values(page, "//*[@onerror]")).isEmpty();
        assertThat(values(page, "//title")).startsWith(HOSTILE).contains(HOSTILE);
        assertThat(values(page, "//*[@class='key']")).containsExactly(HOSTILE, "away");
        assertThat(data(page, "surface").get("tracks").get(0).get("name").asString())
                .isEqualTo(HOSTILE);
    }

    @Test
    void a_way_has_a_point_for_each_step_as_far_as_it_can_be_drawn() throws Exception {
        Document page = page(List.of(map().figure()));
        List<String> paths = values(page, "//*[@class='line grows']/@d");
        // The sheet goes from 56 to 548 across for -2 to 2, and from 456 up to 10.
        assertThat(paths).containsExactly("M548 456L425 344.5L363.5 233", "M425 121.5L100000 -324.5");
        assertThat(values(page, "//*[@class='head']/@cx")).containsExactly("363.5", "100000");
    }

    @Test
    void there_is_a_line_for_each_level_and_a_scale() throws Exception {
        Document page = page(List.of(map().figure()));
        assertThat(values(page, "//*[@class='isoline']/title"))
                .hasSameSizeAs(HEIGHTS.levels())
                .contains("1");
        assertThat(values(page, "//*[@class='relief'][@style]"))
                .hasSize(HEIGHTS.levels().size() + 1);
        assertThat(values(page, "//*[@class='relief']/@href"))
                .first()
                .asString()
                .startsWith("data:image/png;base64,");
    }

    @Test
    void a_surface_leaves_out_what_is_outside() throws Exception {
        JsonNode data = data(page(List.of(surface().figure())), "surface");
        assertThat(data.get("shares")).hasSize(17);
        assertThat(data.get("shares").get(8).get(10).asDouble()).isZero();
        assertThat(data.get("shares").get(0).get(0).asDouble()).isEqualTo(1);
        assertThat(data.get("top").asDouble()).isEqualTo(8);
        JsonNode away = data.get("tracks").get(1);
        assertThat(away.get("x").toString()).isEqualTo("[1.0,null,null]");
        assertThat(away.get("z").get(1).isNull()).isTrue();
    }

    @Test
    void the_library_is_in_the_page_whole() throws Exception {
        Document page = page(Surface.library());
        byte[] packed = Base64.getDecoder()
                .decode(values(page, "//script[@id='plotly']").getFirst());
        String source = new String(
                new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(source)
                .startsWith("/**\n* plotly.js v")
                .contains("Licensed under the MIT license")
                .hasSizeGreaterThan(10_000_000);
    }

    @Test
    void a_page_asks_for_nothing_from_elsewhere() throws Exception {
        List<Node> parts = new ArrayList<>(List.of(map().figure(), surface().figure()));
        parts.addAll(Surface.library());
        Document page = page(parts);
        assertThat(values(page, "//@src | //link | //script/@src")).isEmpty();
        assertThat(values(page, "//@href")).allMatch(link -> link.startsWith("data:"));
    }

    @Test
    void coordinates_are_rounded_to_tenths() {
        assertThat(Coordinate.text(12.34)).isEqualTo("12.3");
        assertThat(Coordinate.text(12.96)).isEqualTo("13");
        assertThat(Coordinate.text(-0.26)).isEqualTo("-0.3");
        assertThat(Coordinate.text(-7.5)).isEqualTo("-7.5");
        assertThat(Coordinate.text(-0.04)).isEqualTo("0");
        assertThat(Coordinate.text(Double.NEGATIVE_INFINITY)).isEqualTo("-100000");
    }

    @Test
    void a_script_cannot_end_early() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Node.Script("x = '</SCRIPT>'"));
    }
}
