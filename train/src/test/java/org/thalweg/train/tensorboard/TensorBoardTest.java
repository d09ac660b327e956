package org.thalweg.train.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.thalweg.optim.rule.AdamW;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.Course;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Recording;
import org.thalweg.train.Saving;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.StoppedException;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.model.Model;
import org.thalweg.train.run.RunDirectory;

/** Event files as TensorFlow's own message classes read them, with frames and checksums taken apart here. */
class TensorBoardTest {
    @TempDir
    Path folder;

    /** CRC-32C bit by bit (RFC 3720, appendix B.4), masked as tensorflow/core/lib/hash/crc32c.h says. */
    private static int maskedSum(byte[] data) {
        int sum = -1;
        for (byte b : data) {
            sum ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) == 0 ? sum >>> 1 : sum >>> 1 ^ 0x82F63B78;
            }
        }
        sum = ~sum;
        return (sum >>> 15 | sum << 17) + 0xa282ead8;
    }

    private static byte[] take(ByteBuffer content, int length) {
        byte[] bytes = new byte[length];
        content.get(bytes);
        return bytes;
    }

    private static List<Event> read(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (content.hasRemaining()) {
            byte[] length = take(content, 8);
            assertThat(content.getInt()).isEqualTo(maskedSum(length));
            byte[] data = take(content, (int)
                    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong());
            assertThat(content.getInt()).isEqualTo(maskedSum(data));
            Event event = Event.parseFrom(data);
            assertThat(event.toByteArray()).as("what TensorFlow would write").isEqualTo(data);
            events.add(event);
        }
        return events;
    }

    private static Map<String, Float> values(Event event) {
        Map<String, Float> values = new LinkedHashMap<>();
        for (Summary.Value value : event.getSummary().getValueList()) {
            values.put(value.getTag(), value.getSimpleValue());
        }
        return values;
    }

    @Test
    void numbers_of_every_kind_come_back() throws IOException {
        Path path;
        try (RunDirectory run = RunDirectory.create(folder, "run")) {
            EventFile file = new EventFile(run.appended(EventFile.NAME));
            file.scalars(1, Map.of("zero", 0.0));
            file.scalars(1L << 40, Map.of("Fehler – größte", -1.5));
            file.scalars(127, Map.of("none", Double.NaN));
            file.scalars(128, Map.of("least", (double) Float.MIN_VALUE, "most", Double.POSITIVE_INFINITY));
            path = eventFile(run.path());
        }
        List<Event> events = read(path);
        assertThat(events.getFirst().getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(events.subList(1, 5)).extracting(Event::getStep).containsExactly(1L, 1L << 40, 127L, 128L);
        assertThat(values(events.get(1))).isEqualTo(Map.of("zero", 0f));
        assertThat(values(events.get(2))).isEqualTo(Map.of("Fehler – größte", -1.5f));
        assertThat(values(events.get(3)).get("none")).isNaN();
        assertThat(values(events.get(4))).isEqualTo(Map.of("least", Float.MIN_VALUE, "most", Float.POSITIVE_INFINITY));
        double now = System.currentTimeMillis() / 1e3;
        assertThat(events).allSatisfy(event -> assertThat(event.getWallTime()).isBetween(now - 600, now));
    }

    private static final long STEPS = 78;

    private TrainingConfig config() {
        return new TrainingConfig(Model.mlp(10, 32), new AdamW(), Schedule.cosine(1e-3, STEPS), 2, 32, 1)
                .with(Course.PLAIN.withSaving(new Saving(25, 3)).withRecording(new Recording(30, 0, true)));
    }

    /** Every step's and epoch's numbers, and the layers' now and then. */
    private static final class Witness implements TrainingListener {
        private final Map<Long, StepMetrics> steps = new TreeMap<>();
        private final Map<Long, EpochMetrics> epochs = new TreeMap<>();
        private final Map<Long, LayerStatistics> layers = new TreeMap<>();
        private long stopAfter = Long.MAX_VALUE;

        @Override
        public void stepped(StepMetrics metrics) {
            steps.put(metrics.step(), metrics);
        }

        @Override
        public void epochEnded(EpochMetrics metrics) {
            epochs.put(metrics.steps(), metrics);
        }

        @Override
        public void looked(LayerStatistics statistics) {
            layers.put(statistics.step(), statistics);
        }

        @Override
        public boolean stopAsked() {
            return steps.size() >= stopAfter;
        }
    }

    private void check(Path run, Witness witness) throws IOException {
        List<Event> events = read(eventFile(run));
        assertThat(events)
                .filteredOn(event -> !event.getFileVersion().isEmpty())
                .hasSize(1);
        List<Event> ofSteps = with("rate", events);
        assertThat(ofSteps).extracting(Event::getStep).containsExactly(1L, 10L, 20L, 30L, 40L, 50L, 60L, 70L);
        for (Event event : ofSteps) {
            StepMetrics expected = Objects.requireNonNull(witness.steps.get(event.getStep()));
            assertThat(values(event)).containsEntry("loss/step", (float) expected.loss());
            assertThat(values(event)).containsEntry("rate", (float) expected.rate());
        }
        List<Event> ofEpochs = with("epoch", events);
        assertThat(ofEpochs).extracting(Event::getStep).isEqualTo(List.copyOf(witness.epochs.keySet()));
        for (Event event : ofEpochs) {
            EpochMetrics expected = Objects.requireNonNull(witness.epochs.get(event.getStep()));
            assertThat(values(event)).containsEntry("loss/train", (float) expected.trainLoss());
            assertThat(values(event))
                    .containsEntry("loss/test", (float) expected.test().loss());
            assertThat(values(event))
                    .containsEntry("accuracy/test", (float) expected.test().accuracy());
            assertThat(values(event)).containsEntry("loss/validation", (float)
                    expected.validation().orElseThrow().loss());
        }
        List<Event> ofLayers = with("gradient over weight/linear1.weight", events);
        assertThat(ofLayers).extracting(Event::getStep).containsExactly(1L, 30L, 60L);
        for (Event event : ofLayers) {
            LayerStatistics expected = Objects.requireNonNull(witness.layers.get(event.getStep()));
            expected.ratios()
                    .forEach((name, ratio) -> assertThat(values(event))
                            .containsEntry("gradient over weight/" + name, ratio.floatValue()));
            expected.activations()
                    .forEach((layer, moments) -> assertThat(values(event))
                            .containsEntry("activation mean/" + layer, (float) moments.mean())
                            .containsEntry("activation variance/" + layer, (float) moments.variance()));
        }
    }

    private static List<Event> with(String tag, List<Event> events) {
        return events.stream().filter(event -> values(event).containsKey(tag)).toList();
    }

    private static Dataset digits() {
        return Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    @Test
    void a_run_is_written_step_by_step_and_epoch_by_epoch() throws IOException {
        Witness witness = new Witness();
        check(Training.run(config(), digits(), folder, witness).run(), witness);
    }

    /** What was written after the checkpoint that the run goes on from is not there twice. */
    @Test
    void a_run_that_stopped_and_went_on_is_written_once() throws IOException {
        Witness witness = new Witness();
        witness.stopAfter = 47;
        StoppedException stopped =
                catchThrowableOfType(StoppedException.class, () -> Training.run(config(), digits(), folder, witness));
        assertThat(stopped).isNotNull();
        try (var runs = Files.list(folder)) {
            Path run = runs.findFirst().orElseThrow();
            witness.stopAfter = Long.MAX_VALUE;
            check(Training.resume(run, digits(), witness).run(), witness);
        }
    }

    /** Nothing that is recorded changes what is trained. */
    @Test
    void the_weights_are_those_of_a_run_that_records_nothing() throws IOException {
        Path recorded =
                Training.run(config(), digits(), folder, TrainingListener.NONE).run();
        TrainingConfig plain = config().with(Course.PLAIN.withSaving(new Saving(25, 3)));
        Path other =
                Training.run(plain, digits(), folder, TrainingListener.NONE).run();
        assertThat(recorded.resolve("weights.safetensors"))
                .hasSameBinaryContentAs(other.resolve("weights.safetensors"));
        assertThat(Files.readString(recorded.resolve("metrics.jsonl"))
                        .lines()
                        .filter(line -> line.contains("\"type\":\"layers\"")))
                .hasSize(3);
        assertThat(Files.readString(other.resolve("metrics.jsonl"))).doesNotContain("layers");
    }

    private static Path eventFile(Path run) throws IOException {
        try (var files = Files.list(run)) {
            return files.filter(file -> file.getFileName().toString().contains("tfevents"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
