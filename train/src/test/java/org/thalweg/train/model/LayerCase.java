package org.thalweg.train.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Shape.Kind;
import org.thalweg.train.model.text.ModelText;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** One case of torch-layers.json.gz, as the script that made it describes it. */
@SuppressWarnings("ArrayRecordComponent")
public record LayerCase(
        String name,
        List<Object> layers,
        Kind kind,
        List<Integer> sizes,
        boolean training,
        double tolerance,
        double[] inputs,
        List<Integer> outputShape,
        double[] outputs,
        double[] upstream,
        Map<String, double[]> weights,
        Map<String, double[]> running,
        Map<String, double[]> runningAfter,
        Map<String, double[]> gradients,
        double[] inputGradient) {
    Shape shape() {
        return new Shape(kind, sizes);
    }

    Plan plan() {
        return ModelText.ofJson(Map.of("layers", layers), name).plan(shape());
    }

    int count() {
        return inputs.length / shape().size();
    }

    @Override
    public String toString() {
        return name;
    }

    /** The fixture's file. */
    public record Fixture(String torch, List<LayerCase> cases) {}

    /** All cases. */
    static List<LayerCase> all() throws IOException {
        try (InputStream file = Objects.requireNonNull(LayerCase.class.getResourceAsStream("torch-layers.json.gz"));
                InputStream json = new GZIPInputStream(file)) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                    .build();
            return mapper.readValue(json, Fixture.class).cases();
        }
    }
}
