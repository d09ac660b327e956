package org.thalweg.lab.lecture;

import java.util.List;
import java.util.Locale;
import org.thalweg.lab.claim.Claim;

/** The claims of five lectures on optimization for deep learning. */
public final class Lectures {
    /** In the order of their ids. A new claim is one line here. */
    public static final List<Claim<?>> CLAIMS = List.of(
            new C01BatchOrStochastic(),
            new C02ConditionNumber(),
            new C03Momentum(),
            new C04Rotation(),
            new C05Beale(),
            new C06SaddleEscape(),
            new C07Noise(),
            new C08Newton(),
            new C09Whitening(),
            new C10LogisticRegression(),
            new C11AmsGrad(),
            new C12Generalisation(),
            new C13DecoupledDecay(),
            new C14BiasCorrection(),
            new C15MomentumRate(),
            new C16AdamOvershoots(),
            new C17Schedules(),
            new C18WarmUp(),
            new C19LinearScaling(),
            new C20LayerwiseRates(),
            new C21GradientRatios(),
            new C22BatchGrowth(),
            new C23SmallBatches(),
            new C24SharpMinima(),
            new C25RandomLabels(),
            new C26StraightLines(),
            new C27DeepLinear(),
            new C28BadMinima(),
            new C29BiasVariance(),
            new C30BatchNorm(),
            new C31BatchNormSize(),
            new C32WithoutNormalisation(),
            new C33SharpnessAware(),
            new C34SnapshotEnsemble(),
            new C35Thermostat(),
            new C36GradientFlow(),
            new C37ProgressOptimal(),
            new C38Workers(),
            new C39EarlyStopping(),
            new C40AdamFirst());

    private Lectures() {}

    /**
     * The claim with that id, such as {@code C05} or {@code c5}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Claim<?> named(String id) {
        String wanted = id.strip().toUpperCase(Locale.ROOT).replaceFirst("^C(\\d)$", "C0$1");
        return CLAIMS.stream()
                .filter(claim -> claim.statement().id().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no claim '%s': 'thalweg reproduce --list' tells them, from %s to %s"
                                .formatted(
                                        id,
                                        CLAIMS.getFirst().statement().id(),
                                        CLAIMS.getLast().statement().id())));
    }
}
