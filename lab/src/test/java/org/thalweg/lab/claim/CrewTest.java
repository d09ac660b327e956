package org.thalweg.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.run.RunDirectory;
import org.thalweg.train.run.Safetensors;

class CrewTest {
    @TempDir
    Path folder;

    private final Dataset digits = Dataset.of(Corpus.load("digits"), new Split(1));
    private final TrainingConfig config =
            new TrainingConfig(Model.mlp(10, 16), new Momentum(), Schedule.constant(0.05), 1, 64, 1);

    private record Waiting(boolean stopAsked) implements Watcher {
        @Override
        public void says(String next) {}
    }

    @Test
    void twoEndWhereOneDoes() {
        float[] one = weights(new Crew(1).train(config, digits, folder.resolve("one"), new Waiting(false)));
        float[] two = weights(new Crew(2).train(config, digits, folder.resolve("two"), new Waiting(false)));
        assertThat(two).hasSameSizeAs(one);
        for (int i = 0; i < one.length; i++) {
            assertThat(two[i]).isCloseTo(one[i], within(1e-4f));
        }
    }

    private static float[] weights(Path run) {
        return Safetensors.read(run.resolve(RunDirectory.WEIGHTS))
                .firstEntry()
                .getValue()
                .data()
                .toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    @Test
    void endsWhenAsked() {
        assertThatThrownBy(() -> new Crew(2).train(config, digits, folder, new Waiting(true)))
                .isInstanceOf(CancellationException.class);
    }
}
