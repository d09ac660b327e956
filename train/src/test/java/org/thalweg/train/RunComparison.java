package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two runs, but for what a clock shows. */
final class RunComparison {
    private static final Set<String> CLOCK =
            Set.of("millis", "seconds", "dataWaitSeconds", "medianStepMillis", "at", "run");

    private RunComparison() {}

    /** The same bits in the weights, the same lines of metrics, the same result. */
    static void assertSame(Path expected, Path found) throws IOException {
        assertThat(lines(found)).isEqualTo(lines(expected));
        assertThat(timeless(Files.readString(found.resolve("result.json"))))
                .isEqualTo(timeless(Files.readString(expected.resolve("result.json"))));
        assertThat(Files.mismatch(found.resolve("weights.safetensors"), expected.resolve("weights.safetensors")))
                .isEqualTo(-1);
    }

    private static List<JsonNode> lines(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
                .map(RunComparison::timeless)
                .toList();
    }

    private static JsonNode timeless(String json) {
        ObjectNode node = (ObjectNode) JsonMapper.shared().readTree(json);
        node.remove(CLOCK);
        return node;
    }
}
