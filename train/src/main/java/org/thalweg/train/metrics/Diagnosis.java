package org.thalweg.train.metrics;

import java.util.List;
import java.util.Locale;

/**
 * What a learning curve says about a run, and what to try next: underfitting where the training loss is large and stagnates,
 * overfitting where there is a large gap to examples that were not learnt from (Boyang Li, NTU CE7454, "Symptoms and
 * Diagnosis"). What is large is measured by the baseline, so that losses of any kind and size are judged alike.
 *
 * @param verdict in a word
 * @param evidence what the curve shows, in a clause without full stop
 * @param remedies what to try, the first thing first; none where nothing is wrong
 */
public record Diagnosis(Verdict verdict, String evidence, List<String> remedies) {
    /** Fewer epochs make no curve. */
    static final int FEWEST_EPOCHS = 3;
    /** From this share of the baseline on a training loss is large. */
    static final double LARGE_LOSS = 0.5;
    /** A gap is large from this share of the baseline on, if it is also large beside the training loss: */
    static final double LARGE_GAP = 0.1;
    /** from this share of the training loss on. */
    static final double LARGE_BESIDE_TRAINING = 0.5;
    /** A held-out loss that has risen from its least by this share of the baseline has turned. */
    static final double TURNED = 0.05;
    /** A held-out loss that fell by this share of the baseline in the last quarter of the epochs is still falling. */
    static final double STILL_FALLING = 0.02;
    /** A training loss that ends this much above its least, as a share of the baseline, got away. */
    static final double GOT_AWAY = 0.25;
    /** Falling is over once this share of it is done; if that is in the first half of the run, learning stagnated. */
    static final double FALLEN = 0.95;

    /** What is wrong, if anything. */
    public enum Verdict {
        TOO_SHORT("too short to tell"),
        DIVERGED("diverged"),
        OVERFITTING("overfitting"),
        STILL_LEARNING("still learning"),
        UNDERFITTING("underfitting"),
        WELL_FITTED("fits well");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** For a person, such as {@code fits well}. */
        public String words() {
            return words;
        }
    }

    public Diagnosis {
        remedies = List.copyOf(remedies);
    }

    /**
     * Judges a curve.
     *
     * @param part what the held-out examples are called, such as {@code test}
     */
    public static Diagnosis of(LearningCurve curve, String part) {
        return new Judge(curve, part).judge();
    }

    /** Verdict, evidence and remedies in one line. */
    public String sentence() {
        String found = "%s: %s".formatted(verdict.words(), evidence);
        return remedies.isEmpty() ? found : "%s; try %s".formatted(found, String.join(", then ", remedies));
    }

    /** One curve under judgement. */
    private record Judge(LearningCurve curve, String part) {
        Diagnosis judge() {
            if (curve.epochs() == 0) {
                return tooShort();
            }
            if (!Double.isFinite(curve.lastTrain()) || !Double.isFinite(curve.lastHeldOut()) || gotAway()) {
                return diverged();
            }
            if (curve.epochs() < FEWEST_EPOCHS) {
                return tooShort();
            }
            if (largeGap() || turned()) {
                return overfitting();
            }
            if (share(curve.lateFall()) > STILL_FALLING) {
                return stillLearning();
            }
            return share(curve.lastTrain()) >= LARGE_LOSS ? underfitting() : wellFitted();
        }

        private double share(double loss) {
            return loss / curve.baseline();
        }

        private boolean gotAway() {
            double least = curve.train().stream()
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElseThrow();
            return share(curve.lastTrain() - least) > GOT_AWAY;
        }

        private boolean largeGap() {
            return share(curve.gap()) > LARGE_GAP && curve.gap() > LARGE_BESIDE_TRAINING * curve.lastTrain();
        }

        private boolean turned() {
            return share(curve.rise()) > TURNED && curve.gap() > 0;
        }

        private Diagnosis tooShort() {
            return new Diagnosis(
                    Verdict.TOO_SHORT,
                    "a curve needs at least %d epochs, and this one has %d".formatted(FEWEST_EPOCHS, curve.epochs()),
                    List.of("more epochs"));
        }

        private Diagnosis diverged() {
            return new Diagnosis(
                    Verdict.DIVERGED,
                    "the training loss ends at %s, above what it had reached".formatted(number(curve.lastTrain())),
                    List.of("a lower learning rate or a longer warm-up", "clipping the gradients"));
        }

        private Diagnosis overfitting() {
            String risen = turned() ? ", and has risen since epoch %d".formatted(curve.bestEpoch()) : "";
            return new Diagnosis(
                    Verdict.OVERFITTING,
                    "the %s loss %s is far above the training loss %s%s"
                            .formatted(part, number(curve.lastHeldOut()), number(curve.lastTrain()), risen),
                    List.of(
                            "stronger regularisation (weight decay, dropout, augmentation, label smoothing, stopping early)",
                            "a smaller model"));
        }

        private Diagnosis stillLearning() {
            return new Diagnosis(
                    Verdict.STILL_LEARNING,
                    "the %s loss was still falling, to %s".formatted(part, number(curve.lastHeldOut())),
                    List.of("more epochs"));
        }

        private Diagnosis underfitting() {
            int settled = curve.epochOfFall(FALLEN);
            String stagnated =
                    2 * settled <= curve.epochs() ? " and has hardly fallen since epoch %d".formatted(settled) : "";
            return new Diagnosis(
                    Verdict.UNDERFITTING,
                    "the training loss %s is %.0f %% of what a constant answer would get%s"
                            .formatted(number(curve.lastTrain()), 100 * share(curve.lastTrain()), stagnated),
                    List.of("a better optimization (another rate, schedule or rule, normalisation)", "a larger model"));
        }

        private Diagnosis wellFitted() {
            return new Diagnosis(
                    Verdict.WELL_FITTED,
                    "the training loss %s is small, and the %s loss %s is near it"
                            .formatted(number(curve.lastTrain()), part, number(curve.lastHeldOut())),
                    List.of());
        }

        private static String number(double loss) {
            return String.format(Locale.ROOT, "%.3g", loss);
        }
    }
}
