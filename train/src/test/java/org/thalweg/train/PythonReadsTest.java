package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.StateFormat;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.run.Checkpoint;
import org.thalweg.train.run.Checkpoints;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A checkpoint as Python sees it that has nothing but its own library: {@code struct}, {@code json} and {@code hashlib}. */
class PythonReadsTest {
    private static final String SCRIPT = """
            import hashlib, json, os, struct, sys
            folder = sys.argv[1]
            for line in open(os.path.join(folder, "SHA256SUMS")):
                digest, name = line.split()
                assert hashlib.sha256(open(os.path.join(folder, name), "rb").read()).hexdigest() == digest, name
            answer = {}
            for file in ("weights", "optimizer"):
                raw = open(os.path.join(folder, file + ".safetensors"), "rb").read()
                (size,) = struct.unpack("<Q", raw[:8])
                header = json.loads(raw[8:8 + size])
                header.pop("__metadata__")
                for name, tensor in header.items():
                    begin, end = tensor["data_offsets"]
                    data = raw[8 + size + begin:8 + size + end]
                    count = 1
                    for extent in tensor["shape"]:
                        count *= extent
                    if tensor["dtype"] == "BF16":
                        halves = struct.unpack("<%dH" % count, data)
                        values = struct.unpack("<%df" % count, struct.pack("<%dI" % count, *(h << 16 for h in halves)))
                    else:
                        values = struct.unpack("<%d%s" % (count, {"F32": "f", "I64": "q"}[tensor["dtype"]]), data)
                    answer[file + ":" + name] = {"shape": tensor["shape"], "values": values}
            state = json.load(open(os.path.join(folder, "state.json")))
            answer["epoch"] = state["position"]["epoch"]
            print(json.dumps(answer))
            """;

    @TempDir
    Path folder;

    @Test
    void pythonReadsWhatWasSaved() throws Exception {
        Dataset digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
        Model model = new Model("small", List.of(new Linear(4), new BatchNorm(), new Linear(10)));
        TrainingConfig config = new TrainingConfig(model, new AdamW(), Schedule.constant(0.01), 1, 32, 1)
                .with(Extras.NONE.withState(StateFormat.BFLOAT16));
        Path run = Training.run(config, digits, folder, TrainingListener.NONE).run();
        Checkpoints checkpoints = new Checkpoints(run);
        JsonNode answer = python(checkpoints.path(39));
        assertThat(answer.get("epoch").intValue()).isEqualTo(2);
        Checkpoint checkpoint = checkpoints.load(39);
        List<String> seen = new ArrayList<>();
        for (String file : List.of(Checkpoint.WEIGHTS, Checkpoint.OPTIMIZER)) {
            Objects.requireNonNull(checkpoint.tensors().get(file)).forEach((name, tensor) -> {
                JsonNode read = answer.get(file + ":" + name);
                assertThat(read.get("shape").valueStream().map(JsonNode::longValue))
                        .isEqualTo(tensor.shape());
                assertThat(read.get("values").valueStream().map(JsonNode::doubleValue))
                        .as(name)
                        .isEqualTo(values(tensor));
                seen.add(file + ":" + name);
            });
        }
        assertThat(seen)
                .contains(
                        "weights:norm1.running_var", "weights:linear1.weight", "optimizer:linear1.weight/first_moment");
        assertThat(seen).hasSize(answer.size() - 1);
    }

    private static List<Double> values(StoredTensor tensor) {
        List<Double> values = new ArrayList<>();
        switch (tensor.type()) {
            case F32 -> {
                for (float value : tensor.data().toArray(ValueLayout.JAVA_FLOAT)) {
                    values.add((double) value);
                }
            }
            case BF16 -> {
                for (short upper : tensor.data().toArray(ValueLayout.JAVA_SHORT)) {
                    values.add((double) Float.intBitsToFloat(upper << Short.SIZE));
                }
            }
            case I64 -> {
                for (long value : tensor.data().toArray(ValueLayout.JAVA_LONG)) {
                    values.add((double) value);
                }
            }
        }
        return values;
    }

    private JsonNode python(Path checkpoint) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("read.py"), SCRIPT);
        Path output = folder.resolve("output.json");
        Path errors = folder.resolve("errors.txt");
        Process process;
        try {
            process = new ProcessBuilder("python3", script.toString(), checkpoint.toString())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException e) {
            return Assumptions.abort("python3 reads checkpoints where it is installed");
        }
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return JsonMapper.shared().readTree(Files.readString(output));
    }
}
