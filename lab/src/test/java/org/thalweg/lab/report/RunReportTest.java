package org.thalweg.lab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.data.DataException;
import org.thalweg.train.metrics.Diagnosis.Verdict;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

class RunReportTest {
    private static final String HOSTILE = "<img src=x onerror='alert(1)'>&\"\\u0000</style>]]>";

    @TempDir
    private Path run;

    private void metrics(String... lines) throws IOException {
        Files.write(run.resolve("metrics.jsonl"), List.of(lines), StandardCharsets.UTF_8);
    }

    private static String step(int step, double loss) {
        return "{\"type\":\"step\",\"step\":%d,\"epoch\":1,\"loss\":%s,\"rate\":0.01,\"millis\":1}"
                .formatted(step, loss);
    }

    private static String epoch(int epoch, double train, double test) {
        return "{\"type\":\"epoch\",\"epoch\":%d,\"step\":%d,\"trainLoss\":%s,\"testLoss\":%s,\"testAccuracy\":0.75,\"seconds\":65}"
                .formatted(epoch, 10 * epoch, train, test);
    }

    private void aRun() throws IOException {
        metrics(step(1, 2.3), step(10, 1), epoch(1, 1.5, 1.1), epoch(2, 0.5, 0.6), epoch(3, 0.2, 0.9));
        Files.writeString(run.resolve("config.json"), """
                {"started": "2026-01-02T03:04:05.678Z",
                 "data": {"name": "letters", "task": {"kind": "classification", "classes": 3}, "classNames": ["a", "b", "%s"],
                  "validationShare": 0.25, "testShare": 0.2},
                 "model": {"name": "mlp"}, "rule": "adamw:decay=0.05 + sgd", "schedule": "cosine(0.1, 9).warmUp(2)",
                 "loss": "cross-entropy", "parameters": 12345, "epochs": 3, "batch": 32, "seed": 7}
                """.formatted(HOSTILE.replace("\"", "\\\"")));
        Files.writeString(run.resolve("examination.json"), """
                {"examples": 9, "confusion": [[3,0,0],[0,2,1],[0,1,2]],
                 "mistakes": [{"example": 4, "loss": 2.5, "truth": 1, "predicted": 2, "probability": 0.875,
                   "picture": {"channels": 1, "height": 1, "width": 2, "pixels": "AP8="}}]}
                """);
    }

    /** As a strict parser reads it: what is not well-formed is refused. */
    private Document page() throws Exception {
        String text = RunReport.page(run);
        assertThat(text).startsWith("<!DOCTYPE html>\n");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static List<Element> all(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String text(Document page) {
        return page.getDocumentElement().getTextContent();
    }

    @Test
    void tells_the_course_the_confusion_the_mistakes_and_how_to_repeat_it() throws Exception {
        aRun();
        Document page = page();
        assertThat(all(page, "h1").getFirst().getTextContent())
                .isEqualTo("letters · mlp · adamw:decay=0.05 + sgdnot completed");
        assertThat(all(page, "figure")).hasSize(4); // loss, accuracy, rate, confusion
        assertThat(text(page))
                .contains("started 2026-01-02 03:04:05 UTC", "75.00 %", "12,345", "1 min 5 s", "a taken for b: 0 of 3")
                .contains("./thalweg train letters --validation 0.25 --model mlp --rule 'adamw:decay=0.05 + sgd'"
                        + " --schedule 'cosine(0.1, 9).warmUp(2)' --epochs 3 --batch 32 --seed 7");
    }

    @Test
    void needs_nothing_from_elsewhere() throws Exception {
        aRun();
        assertThat(all(page(), "script")).isEmpty();
        assertThat(all(page(), "link")).isEmpty();
        assertThat(RunReport.page(run).replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http", "@import", "url(");
    }

    @Test
    void what_users_named_stays_text() throws Exception {
        aRun();
        metrics(step(1, 1), "{\"type\":\"failure\",\"message\":\"%s\"}".formatted(HOSTILE.replace("\"", "\\\"")));
        Document page = page();
        assertThat(all(page, "img"))
                .hasSize(1)
                .first()
                .satisfies(image -> assertThat(image.getAttribute("src")).startsWith("data:image/png;base64,"));
        String shown = HOSTILE.replace("\\u0000", "\uFFFD");
        assertThat(text(page)).contains("taken for " + shown + " (87.5 %)");
        assertThat(all(page, "header").getFirst().getTextContent()).contains("stopped", shown);
    }

    @Test
    void pictures_come_back_as_they_were() throws Exception {
        aRun();
        String address = all(page(), "img").getFirst().getAttribute("src");
        byte[] png = Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(2, 1);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xFF000000);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xFFFFFFFF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "{\"confusion\": 3, \"mistakes\": {}}",
                "{\"confusion\": [[1,2]]}",
                "{\"mistakes\": [3, {\"picture\": {\"pixels\": \"?\"}}, {\"picture\": {\"channels\": 2, \"pixels\": \"\"}}]}"
            })
    void a_damaged_examination_spoils_nothing_else(String examination) throws Exception {
        aRun();
        Files.writeString(run.resolve("examination.json"), examination);
        assertThat(all(page(), "figure")).hasSize(3);
    }

    @Test
    void a_run_of_one_step_without_configuration_has_a_page() throws Exception {
        metrics(step(1, 2.3));
        assertThat(text(page())).contains("not completed", "Too short to tell");
    }

    /** Whatever happens to a run's files, there is a page that a strict parser reads, or one sentence. */
    @Test
    void damage_ends_in_a_page_or_a_sentence() throws Exception {
        aRun();
        Map<Path, byte[]> files = new LinkedHashMap<>();
        for (String name : List.of("metrics.jsonl", "config.json", "examination.json")) {
            files.put(run.resolve(name), Files.readAllBytes(run.resolve(name)));
        }
        Random random = new Random(11);
        int pages = 0;
        for (int i = 0; i < 400; i++) {
            Path file = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
            byte[] bytes = Objects.requireNonNull(files.get(file)).clone();
            for (int n = random.nextInt(3); n >= 0; n--) {
                String likely = "0123456789-e\"{}[],:<&\\";
                bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                        ? (byte) random.nextInt()
                        : (byte) likely.charAt(random.nextInt(likely.length()));
            }
            Files.write(file, random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
            try {
                page();
                pages++;
            } catch (DataException e) {
                assertThat(e.getMessage()).doesNotContain("\n").contains(run.toString());
            }
            Files.write(file, Objects.requireNonNull(files.get(file)));
        }
        assertThat(pages).isBetween(100, 399);
    }

    @Test
    void layers_have_charts_where_they_were_recorded() throws Exception {
        aRun();
        metrics(
                step(1, 2),
                "{\"type\":\"layers\",\"step\":1,\"ratios\":{\"a.weight\":0.1,\"a.bias\":2},\"activations\":{\"a\":{\"mean\":1,\"variance\":2}}}",
                "{\"type\":\"layers\",\"step\":9,\"ratios\":{\"a.weight\":0.2,\"a.bias\":2},\"activations\":{\"a\":{\"mean\":1,\"variance\":3}}}");
        List<String> captions =
                all(page(), "figcaption").stream().map(Element::getTextContent).toList();
        assertThat(captions)
                .contains("Gradient over weightratio of norms", "Activations: mean", "Activations: variance");
    }

    @Test
    void the_page_is_written_whole_and_a_folder_is_refused() throws Exception {
        aRun();
        Path file = run.resolve("new/report.html");
        RunReport.write(run, file);
        assertThat(Files.readString(file)).isEqualTo(RunReport.page(run));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunReport.write(run, run))
                .withMessage(run + " is a folder: name the file to write");
    }

    @Test
    void judges_by_validation_where_there_is_one_and_else_by_test() throws Exception {
        aRun();
        assertThat(RunDiagnosis.of(run).verdict()).isEqualTo(Verdict.OVERFITTING);
        assertThat(RunDiagnosis.of(run).evidence()).contains("the test loss 0.900", "has risen since epoch 2");
        String validated = epoch(1, 0.1, 0.9).replace("\"testLoss", "\"validationLoss\":0.1,\"testLoss");
        metrics(step(1, 2.3), validated, validated, validated);
        assertThat(RunDiagnosis.of(run).sentence())
                .isEqualTo("fits well: the training loss 0.100 is small, and the validation loss 0.100 is near it");
    }

    @Test
    void a_regression_is_judged_by_the_variance_of_its_targets() throws Exception {
        String end = epoch(3, 900, 950).replace("\"testAccuracy\":0.75", "\"testR2\":0.05");
        metrics(step(1, 20_000), epoch(1, 900, 950), epoch(2, 900, 950), end);
        assertThat(RunDiagnosis.of(run).verdict()).isEqualTo(Verdict.UNDERFITTING);
        assertThat(RunDiagnosis.of(run).evidence()).contains("is 90 % of what a constant answer would get");
    }

    /** What the configuration of a run tells is what a user would type to get it. */
    @Test
    void repeats_every_option_that_was_not_as_usual() {
        String config = """
                {"data": {"name": "t", "request": {"source": "my data/t.csv", "directory": "d",
                   "reading": {"format": "csv", "target": "y", "task": "numbers", "length": 128},
                   "preprocess": "pca:components=3", "augment": ["flip", "mixup:0.2"]},
                   "task": {"kind": "regression", "outputs": 1}, "validationShare": 0.1, "testShare": 0.3},
                 "rule": "sgd", "schedule": "constant(0.1)", "epochs": 2, "batch": 8, "seed": 3,
                 "course": {"batches": "8.then(5, 16)", "stopping": {"patience": 4, "metric": "r2"}, "snapshots": 2, "keepLast": true,
                   "saving": {"every": 10, "keep": 3}, "recording": {"layersEvery": 5, "tensorBoard": true}},
                 "extras": {"average": "ema:0.9", "lookahead": {"every": 5, "share": 0.5}, "sharpness": "sam:0.05", "parts": 2,
                   "exemptBiasAndNorm": true, "onNonFinite": "skip", "state": "bfloat16"}}
                """;
        assertThat(Repeat.command(JsonMapper.shared().readTree(config), List.of("--model", "mlp")))
                .isEqualTo("./thalweg train 'my data/t.csv' --data-dir d --format csv --target y --task numbers"
                        + " --preprocess pca:components=3 --augment flip --augment mixup:0.2 --validation 0.1 --test 0.3"
                        + " --model mlp --rule sgd --schedule 'constant(0.1)' --epochs 2 --batch 8 --seed 3"
                        + " --batch-schedule '8.then(5, 16)' --patience 4 --watch r2 --average ema:0.9 --sam sam:0.05"
                        + " --lookahead 5,0.5 --snapshots 2 --checkpoint-every 10 --layer-statistics 5 --accumulate 2"
                        + " --on-non-finite skip --state bfloat16 --keep-last --exempt-bias-and-norm --tensorboard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "two words", "it's", "$(touch /tmp/no) `x` \\ \"*\"", "", "a\nb"})
    void a_shell_reads_back_what_was_quoted(String word) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", "printf %s " + Repeat.quoted(word)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo(word);
    }
}
