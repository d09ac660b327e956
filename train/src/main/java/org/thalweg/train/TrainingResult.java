package org.thalweg.train;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.train.noise.NoiseScale;
import org.thalweg.train.run.RunDirectory;

/**
 * What came of a training run.
 *
 * @param run the directory it was saved in
 * @param rule the rule's text
 * @param schedule the schedule's text
 * @param parameters trained numbers
 * @param epochs passes made
 * @param steps updates made
 * @param skippedSteps updates left out because a number was not finite
 * @param restores how often it went back to a checkpoint because a number was not finite
 * @param seconds from the first step to the last score
 * @param medianStepMillis the median step's wall time
 * @param trainLoss mean of the last epoch's losses
 * @param testLoss mean loss on the test part; of cross-entropy in nats
 * @param testAccuracy on the test part, 0 to 1; NaN where no classes are told apart
 * @param bestEpoch the epoch whose weights were brought back and tested, with early stopping
 * @param ensemble the score of all snapshots together on the test part, with snapshots
 * @param noise the gradient noise scale towards the end, if it was measured
 */
public record TrainingResult(
        Path run,
        String rule,
        String schedule,
        long parameters,
        int epochs,
        long steps,
        long skippedSteps,
        long restores,
        double seconds,
        double medianStepMillis,
        double trainLoss,
        double testLoss,
        double testAccuracy,
        Optional<Integer> bestEpoch,
        Optional<Score> ensemble,
        Optional<NoiseScale> noise) {
    /**
     * What came of a run that is completed.
     *
     * @param run its directory
     * @throws org.thalweg.train.data.DataException if the run has no result yet, or it is damaged
     */
    public static TrainingResult read(Path run) {
        return RunRecord.result(run, RunDirectory.readResult(run));
    }
}
