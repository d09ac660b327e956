package org.thalweg.lab.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.lab.claim.Claim;
import org.thalweg.lab.claim.Reproduction;
import org.thalweg.lab.claim.Statement;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.claim.Watcher;

class LecturesTest {
    private static final Watcher SILENT = new Watcher() {
        @Override
        public void says(String next) {}

        @Override
        public boolean stopAsked() {
            return false;
        }
    };

    static List<Claim<?>> claims() {
        return Lectures.CLAIMS;
    }

    @Test
    void thereAreFortyInOrder() {
        List<String> ids =
                claims().stream().map(claim -> claim.statement().id()).toList();
        assertThat(ids)
                .isEqualTo(IntStream.rangeClosed(1, 40)
                        .mapToObj("C%02d"::formatted)
                        .toList());
        assertThat(Lectures.named("c2").statement().id()).isEqualTo("C02");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Lectures.named("C99"))
                .withMessageContaining("--list");
    }

    @ParameterizedTest
    @MethodSource("claims")
    void everyClaimSaysWhatItIs(Claim<?> claim) {
        Statement statement = claim.statement();
        assertThat(claim.getClass().getSimpleName()).startsWith(statement.id());
        assertThat(statement.said()).isNotEmpty();
        assertThat(List.of(statement.claim(), statement.formula(), statement.setup(), statement.criterion()))
                .allSatisfy(text -> assertThat(text).isNotBlank());
        assertThat(claim.seeds()).isPositive();
    }

    /** On a small scale: that it runs, is kept, read again and judged, and has a page with a picture; not which verdict it gets. */
    @ParameterizedTest
    @MethodSource("claims")
    void everyClaimRunsAndYieldsAVerdict(Claim<?> claim, @TempDir Path folder) throws Exception {
        Reproduction quick = new Reproduction(folder, Trial.Extent.QUICK, 1, Optional.of(1));
        Reproduction.Result first = quick.of(claim, SILENT);
        assertThat(first.verdict().reason()).isNotBlank();
        assertThat(first.exhibit().numbers()).isNotEmpty();
        assertThat(first.exhibit().charts()).isNotEmpty().noneMatch(chart -> chart.isEmpty());
        Reproduction.Result again = quick.of(claim, SILENT);
        assertThat(again.verdict()).isEqualTo(first.verdict());
        assertThat(again.seconds()).as("read, and not measured again").isEqualTo(first.seconds());
        assertThat(Files.readString(first.page()))
                .contains("<svg", claim.statement().id());
    }
}
