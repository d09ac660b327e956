package org.thalweg.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.thalweg.lab.report.RunDiagnosis;
import org.thalweg.lab.report.RunReport;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.data.DataException;

/** What {@code train} and {@code resume} answer. */
record Answer(TrainingResult result, String data) {
    void tell(Console console) {
        writeReport(console.err());
        if (console.json()) {
            console.document(result);
        } else {
            tell(console.out());
        }
    }

    /** The run is complete and saved: what keeps its page from being written is told, and is no failure of the run. */
    private void writeReport(PrintStream err) {
        try {
            RunReport.write(result.run(), result.run().resolve(RunReport.FILE));
        } catch (UncheckedIOException | DataException e) {
            err.println("thalweg: " + e.getMessage());
        }
    }

    private void tell(PrintStream out) {
        out.printf(
                "Test %s after %d %s (%,d steps, %.1f s, %.2f ms a step).%n",
                Double.isNaN(result.testAccuracy())
                        ? "loss %.4f".formatted(result.testLoss())
                        : "accuracy %.2f %%".formatted(100 * result.testAccuracy()),
                result.epochs(),
                result.epochs() == 1 ? "epoch" : "epochs",
                result.steps(),
                result.seconds(),
                result.medianStepMillis());
        result.bestEpoch()
                .ifPresent(epoch -> out.printf("These are the weights of epoch %d, the best on validation.%n", epoch));
        result.ensemble()
                .ifPresent(score -> out.printf(
                        "All snapshots together: test loss %.4f%s.%n",
                        score.loss(),
                        Double.isNaN(score.accuracy()) ? "" : ", accuracy %.2f %%".formatted(100 * score.accuracy())));
        result.noise().ifPresent(scale -> out.println(sentence(scale.advice())));
        if (result.skippedSteps() > 0) {
            out.printf("%,d steps were skipped: a number was not finite.%n", result.skippedSteps());
        }
        if (result.restores() > 0) {
            out.printf(
                    "It went back to a checkpoint %s: a number was not finite.%n",
                    result.restores() == 1 ? "once" : "%d times".formatted(result.restores()));
        }
        out.println("Diagnosis: " + RunDiagnosis.of(result.run()).sentence() + ".");
        out.printf("Saved in %s: configuration, metrics, weights, report.html.%n", result.run());
        out.println("Try next:");
        suggest(out, "./thalweg predict " + result.run() + " FILE", "use what was trained");
        suggest(
                out,
                "./thalweg train " + data + " --rule lamb --lr 0.01",
                "another rule ('./thalweg rules' lists them)");
        suggest(out, "./thalweg explain lamb", "its formula, its paper and what a step costs");
    }

    static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static void suggest(PrintStream out, String command, String why) {
        out.printf("  %-60s %s%n", command, why);
    }
}
