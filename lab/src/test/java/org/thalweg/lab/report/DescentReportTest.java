package org.thalweg.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.descent.Descent;
import org.thalweg.lab.descent.DescentView;
import org.thalweg.lab.descent.RatedRule;
import org.thalweg.lab.problem.Beale;
import org.thalweg.lab.problem.NoisyQuadratic;
import org.thalweg.lab.problem.PlaneFunction;
import org.thalweg.lab.problem.Rosenbrock;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DescentReportTest {
    private static final String HOSTILE = "<script>alert(1)</script>&\"']]>--><img src=x onerror=alert(1)>";

    private static Document page(Descent descent, String command, String... rules) throws Exception {
        DescentView view = new DescentView(
                descent,
                Stream.of(rules).map(RatedRule::parse).map(descent::run).toList());
        String text = DescentReport.page(view, command).text();
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

    @Test
    void has_the_ways_the_numbers_and_the_command() throws Exception {
        Document page = page(new Descent(new Beale()), "./thalweg again", "adam:lr=0.3", "sgd:lr=1");
        assertThat(values(page, "//h1")).containsExactly("beale");
        assertThat(values(page, "//figure/figcaption/b"))
                .containsExactly("loss", "loss", "Loss", "Distance to the nearest minimum");
        assertThat(values(page, "//table//tr[2]/td")).startsWith("adam", "0.3").endsWith("reached");
        assertThat(values(page, "//table//tr[3]/td"))
                .startsWith("sgd", "1", "–")
                .endsWith("diverged");
        assertThat(values(page, "//pre")).containsExactly("./thalweg again");
        // The frames, the surface, Plotly, and two scripts.
        assertThat(values(page, "//script")).hasSize(5);
    }

    @Test
    void what_users_give_is_text_and_nothing_else() throws Exception {
        Document page = page(
                new Descent(new PlaneFunction(HOSTILE, (x, y) -> x.squared().plus(y.squared()))).steps(20),
                HOSTILE,
                "sgd:lr=0.1");
        assertThat(values(page, "//h1")).containsExactly(HOSTILE);
        assertThat(values(page, "//pre")).containsExactly(HOSTILE);
        assertThat(values(page, "//img | //iframe | //link | //*[@onerror]")).isEmpty();
        assertThat(values(page, "//script")).hasSize(5);
    }

    @Test
    void asks_for_nothing_from_elsewhere() throws Exception {
        Document page = page(new Descent(new Beale()).steps(20), "", "sgd:lr=0.001");
        assertThat(values(page, "//@src | //script/@src | //link/@href | //form"))
                .isEmpty();
        assertThat(values(page, "//@href")).allMatch(link -> link.startsWith("data:image/png;base64,"));
        assertThat(values(page, "//style").getFirst()).doesNotContain("url(").doesNotContain("@import");
    }

    @Test
    void a_problem_without_a_plane_needs_no_surface() throws Exception {
        Document line = page(new Descent(new NoisyQuadratic()), "", "sgd:lr=0.1");
        assertThat(values(line, "//figure/figcaption/b"))
                .containsExactly("Loss above the least", "Distance to the nearest minimum", "w");
        assertThat(values(line, "//script[@id='plotly']")).isEmpty();
        assertThat(values(line, "//header/p")).last().asString().contains("seed 1");
        assertThat(values(page(new Descent(new Rosenbrock(8)), "", "sgd:lr=0.0005"), "//figure/figcaption/b"))
                .containsExactly("Loss", "Distance to the nearest minimum");
    }

    @Test
    void a_command_is_quoted_for_a_shell() {
        assertThat(DescentReport.command(List.of("a", "--rule", "x y", "it's"))).isEqualTo("a --rule 'x y' 'it'\\''s'");
    }
}
