package org.thalweg.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.lab.claim.Exercise.Outcome;
import org.thalweg.optim.rule.Adam;
import org.thalweg.optim.rule.Momentum;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.rule.WeightDecay;
import org.thalweg.optim.schedule.ReduceOnPlateau;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.EpochMetrics;
import org.thalweg.train.Extras;
import org.thalweg.train.StepMetrics;
import org.thalweg.train.Training;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;

class ExerciseTest {
    private static final Dataset DIGITS = Dataset.of(Corpus.load("digits", Optional.empty()), new Split(0.2, 0.2, 1));
    private static final Model MODEL = Model.mlp(10, 16);

    @Test
    void itEndsWithTheBitsOfATrainingThatIsSaved(@TempDir Path folder) {
        Schedule rate = Schedule.cosine(0.01, 60);
        List<Double> losses = new ArrayList<>();
        List<EpochMetrics> epochs = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void stepped(StepMetrics metrics) {
                losses.add(metrics.loss());
            }

            @Override
            public void epochEnded(EpochMetrics metrics) {
                epochs.add(metrics);
            }
        };
        Training.run(new TrainingConfig(MODEL, new Adam(), rate, 2, 32, 7), DIGITS, folder, listener);
        Exercise exercise = new Exercise(DIGITS, MODEL, 32, 2, 7);
        Outcome outcome = exercise.train(new Adam(), rate);
        assertThat(outcome.losses()).isEqualTo(losses).hasSize((int) exercise.steps());
        assertThat(outcome.test()).isEqualTo(epochs.getLast().test());
        assertThat(outcome.validation()).isEqualTo(epochs.getLast().validation().orElseThrow());
        assertThat(outcome.testError()).isEqualTo(1 - outcome.test().accuracy());
        assertThat(outcome.train().loss()).isLessThan(losses.getFirst());
    }

    @Test
    void exemptBiasesEndAsThoseOfARunWithThatExtra(@TempDir Path folder) {
        Rule rule = new WeightDecay(5).then(new Momentum());
        Schedule rate = Schedule.constant(0.05);
        List<EpochMetrics> epochs = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochEnded(EpochMetrics metrics) {
                epochs.add(metrics);
            }
        };
        TrainingConfig config = new TrainingConfig(MODEL, rule, rate, 1, 32, 7).with(Extras.NONE.withExempt(true));
        Training.run(config, DIGITS, folder, listener);
        Exercise exercise = new Exercise(DIGITS, MODEL, 32, 1, 7);
        Outcome exempting = exercise.trainExempting(rule, rate);
        assertThat(exempting.test()).isEqualTo(epochs.getLast().test());
        assertThat(exempting.test()).isNotEqualTo(exercise.train(rule, rate).test());
    }

    @Test
    void lossesOfOneThatDivergesAreThoseOfGuessing() {
        Outcome outcome = new Exercise(DIGITS, MODEL, 32, 5, 1).train(new Sgd(), Schedule.constant(1e30));
        assertThat(outcome.diverged()).isTrue();
        assertThat(outcome.losses()).isNotEmpty().hasSizeLessThan(10);
        assertThat(outcome.trainLoss(Math.log(10))).isEqualTo(Math.log(10));
        assertThat(outcome.testError()).isEqualTo(1);
        assertThat(outcome.validationError()).isEqualTo(1);
    }

    /** No epoch is better by half: the rate falls to a millionth after the second one, and float32 weights move no more. */
    @Test
    void aPlateauIsSeenInTheLossOverTheTrainingPart() {
        ReduceOnPlateau plateau = new ReduceOnPlateau(Schedule.constant(0.01), 1e-12, 0, 0.5);
        List<float[]> weights = new ArrayList<>();
        new Exercise(DIGITS, MODEL, 512, 4, 1)
                .train(new Sgd(), plateau, (step, loss, network) -> weights.add(Exercise.weights(network)));
        assertThat(weights).hasSize(8);
        assertThat(weights.getFirst()).hasSize(64 * 16 + 16 + 16 * 10 + 10);
        assertThat(weights.get(3)).as("falling").isNotEqualTo(weights.get(2));
        assertThat(weights.getLast()).as("on the plateau").isEqualTo(weights.get(4));
    }
}
