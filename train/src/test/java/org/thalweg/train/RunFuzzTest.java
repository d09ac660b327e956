package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.optim.average.Ema;
import org.thalweg.optim.average.Lookahead;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.optim.sharpness.Sam;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.run.Checkpoints;
import org.thalweg.train.run.Document;
import org.thalweg.train.run.RunDirectory;
import org.thalweg.train.run.Safetensors;
import org.thalweg.train.worker.Workers;

/**
 * Whatever happens to a run's files, the answer is what they say or one sentence that names the file, and the place where there is
 * one. An allocation that trusts a number in them would end the test.
 */
@Timeout(3600)
class RunFuzzTest {
    private static final Pattern VALUE =
            Pattern.compile("-?\\d[\\d.eE+-]*|\"[^\"]*\"|true|false|\\{\\s*}|\\[[^\\[\\]]*]");
    private static final List<String> VALUES = List.of(
            "-1",
            "0",
            "1e999",
            "9223372036854775808",
            "0.5",
            "null",
            "true",
            "\"x\"",
            "\"../../x\"",
            "\"NaN\"",
            "{}",
            "[]",
            "[[]]",
            "{\"a\":{}}",
            "4611686018427387904",
            "\"reduceOnPlateau\"");

    private static Dataset digits;

    @TempDir
    Path folder;

    private RunDirectory run;
    private Learner learner;
    private RunState state;

    /** What is read, and what a complaint names beside the file. */
    private enum Kind {
        TENSORS("weights.safetensors", ".*(offset \\d+|tensor '|its tensors take).*"),
        SUMS("SHA256SUMS", ".*(line \\d+|is damaged|cannot be read|holds no|no list of checksums).*"),
        STATE("state.json", ".*(line \\d+(, column \\d+)?|, at .+: |has .* bytes|the saved |the checkpoint of).*"),
        CONFIG("config.json", ".*(line \\d+(, column \\d+)?|, at .+: |has .* bytes).*");

        private final String file;
        private final String sentence;

        Kind(String file, String sentence) {
            this.file = file;
            this.sentence = sentence;
        }
    }

    @BeforeAll
    static void load() {
        digits = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.1, 0.2, 1));
    }

    /** A run whose checkpoint has all that a checkpoint can have. */
    @BeforeEach
    void begin() {
        Model model = new Model("small", List.of(new Linear(3), new BatchNorm(), new Linear(10)));
        Extras extras = Extras.NONE
                .withAverage(new Ema(0.9))
                .withLookahead(new Lookahead(5, 0.5))
                .withSharpness(new Sam(0.05));
        TrainingConfig config = new TrainingConfig(
                        model, Rules.parse("swats"), Schedule.parse("0.01.reduceOnPlateau(0.5, 2)"), 3, 32, 1)
                .with(extras)
                .with(Course.PLAIN.withStopping(new EarlyStopping(2, "accuracy")));
        Engine engine = Engine.start();
        run = RunDirectory.create(folder, "fuzzed");
        run.config(ConfigJson.of(config, digits, model.plan(digits.shape()), engine));
        learner = Learner.build(config, digits, model.plan(digits.shape()), engine, Workers.alone());
        state = new RunState(run, learner, TrainingListener.NONE);
        state.record().epoch(1, Optional.of(new Score(1, 0.5)), new Score(2, 0.5), 0);
        state.best().observe(new EpochMetrics(1, 0, 1, Optional.of(new Score(1, 0.5)), new Score(2, 0.5), 1));
        state.save();
    }

    @AfterEach
    void end() {
        run.close();
        learner.close();
    }

    private void read(Kind kind, Path file) {
        switch (kind) {
            case TENSORS -> Safetensors.read(file);
            case SUMS -> new Checkpoints(run.path()).load(0);
            case STATE -> state.restore(new Checkpoints(run.path()).load(0), Document.read(file));
            case CONFIG -> SavedRun.read(folder.resolve("damaged"));
        }
    }

    private void fuzz(Kind kind, int inputs) throws IOException {
        Path file = switch (kind) {
            case SUMS -> new Checkpoints(run.path()).path(0).resolve(kind.file);
            default -> Files.createDirectory(folder.resolve("damaged")).resolve(kind.file);
        };
        if (kind == Kind.TENSORS) {
            Safetensors.write(file, tensors(), Map.of("format", "pt"));
        } else if (kind != Kind.SUMS) {
            Files.copy(new Checkpoints(run.path()).path(0).resolve(kind.file), file);
        }
        byte[] valid = Files.readAllBytes(file);
        read(kind, file);
        SplitMix64 random = new SplitMix64(kind.ordinal());
        int refused = 0;
        for (int i = 0; i < inputs; i++) {
            Files.write(file, damaged(valid, random));
            try {
                read(kind, file);
            } catch (DataException | IllegalArgumentException e) {
                refused++;
                assertThat(String.valueOf(e.getMessage()))
                        .as("input %d", i)
                        .hasSizeLessThan(2000)
                        .doesNotContain("\n")
                        .matches(kind.sentence);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(
                        "input %d of %s: %s".formatted(i, kind, Files.readString(file, StandardCharsets.ISO_8859_1)),
                        e);
            }
        }
        assertThat(refused).isGreaterThan(inputs / 3);
    }

    private static SequencedMap<String, StoredTensor> tensors() {
        SequencedMap<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : new String[] {"linear1.weight", "linear1.bias", "x/y"}) {
            tensors.put(
                    name,
                    new StoredTensor(StoredTensor.Type.F32, List.of(2L, 3L), MemorySegment.ofArray(new float[6])));
        }
        return tensors;
    }

    /** Half of the time a value becomes another, else bytes change, go, come or are cut. */
    private static byte[] damaged(byte[] bytes, SplitMix64 random) {
        if (random.below(2) == 0) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            List<MatchResult> values = VALUE.matcher(text).results().toList();
            MatchResult value = values.get(random.below(values.size()));
            String other = VALUES.get(random.below(VALUES.size()));
            return (text.substring(0, value.start()) + other + text.substring(value.end()))
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] damaged = bytes.clone();
        for (int i = random.below(3); i >= 0; i--) {
            damaged[random.below(damaged.length)] = (byte) random.next();
        }
        return switch (random.below(3)) {
            case 0 -> Arrays.copyOf(damaged, random.below(damaged.length));
            case 1 -> Arrays.copyOf(damaged, damaged.length + 1 + random.below(20));
            default -> damaged;
        };
    }

    @ParameterizedTest
    @EnumSource
    void survivesDamage(Kind kind) throws IOException {
        fuzz(kind, 2_000);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void survivesMuchDamage(Kind kind) throws IOException {
        fuzz(kind, 100_000);
    }
}
