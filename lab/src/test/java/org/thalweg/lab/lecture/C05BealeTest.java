package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.lab.claim.Verdict.Outcome;
import org.thalweg.lab.lecture.C05Beale.Way;
import org.thalweg.lab.lecture.C05Beale.Ways;

class C05BealeTest {
    /** Of both that the slide praises, both that it blames, and Adam, of which it says nothing. */
    private static Ways ways(double praised, double others, boolean praisedGoOff, boolean blamedGoOff) {
        return new Ways(
                List.of(1.0, 1.5),
                List.of(
                        way("SGD", others, false),
                        way("momentum", others, blamedGoOff),
                        way("Nesterov", others, false),
                        way("Adagrad", others, blamedGoOff),
                        way("RMSProp", praised, praisedGoOff),
                        way("Adadelta", praised, praisedGoOff),
                        way("Adam", 0, false)));
    }

    private static Way way(String name, double end, boolean off) {
        return new Way(name, 0.1, List.of(2.0, end), List.of(false, off, off));
    }

    private static Outcome outcome(Ways... measured) {
        return new C05Beale().judge(List.of(measured)).outcome();
    }

    @Test
    void nearestAndStableAgainstUnstableHolds() {
        assertThat(outcome(ways(0.01, 0.1, false, true))).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void oneAnswerIsALimit() {
        assertThat(outcome(ways(0.1, 0.01, false, true))).isEqualTo(Outcome.WITHIN_LIMITS);
        assertThat(outcome(ways(0.01, 0.1, true, true))).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void neitherFails() {
        assertThat(outcome(ways(0.1, 0.01, true, false))).isEqualTo(Outcome.NOT_HERE);
    }

    @Test
    void theMedianDecides() {
        Ways good = ways(0.01, 0.1, false, true);
        Ways bad = ways(9, 0.1, false, true);
        assertThat(outcome(good, bad, good)).isEqualTo(Outcome.HOLDS);
        assertThat(outcome(bad, good, bad)).isEqualTo(Outcome.WITHIN_LIMITS);
    }

    @Test
    void theSlipIsNamed() {
        assertThat(new C05Beale().statement().remarks()).contains("(3, 0.5)", "slip");
    }
}
