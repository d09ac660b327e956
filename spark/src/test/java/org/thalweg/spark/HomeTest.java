package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Split;

/** Where the first worker writes, whether it sees the driver's folder or not. */
class HomeTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        assertThat(LocalSpark.SESSION.version()).isNotEmpty(); // which says how much may travel
    }

    private Job job() {
        return new Job(
                SparkTrainingTest::config,
                new FileSource(new DataRequest("digits", new Split(1))),
                "id",
                "secret",
                folder.toString(),
                Duration.ofSeconds(1));
    }

    private static void write(Path file, int bytes) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, new byte[bytes]);
    }

    private static Ending done() {
        return Ending.of(0, Ending.State.DONE, "");
    }

    @Test
    void a_folder_that_is_seen_is_written_to() throws IOException {
        Files.createFile(job().marker());
        try (Home home = Home.of(job())) {
            assertThat(home.runs()).isEqualTo(folder);
            assertThat(home.begun()).isEmpty();
            write(folder.resolve("run/config.json"), 2);
            home.begin(folder.resolve("run"));
            Ending ending = home.deliver(done(), folder.resolve("run"));
            assertThat(ending.files()).isEmpty();
            assertThat(Ending.unpacked(ending.packed()).home(folder)).isEqualTo(folder.resolve("run"));
        }
        try (Home again = Home.of(job())) {
            assertThat(again.begun()).contains(folder.resolve("run"));
        }
        assertThat(folder.resolve("run/config.json")).exists();
    }

    @Test
    void a_run_that_stopped_before_it_began_is_not_gone_on_with() throws IOException {
        Files.writeString(job().marker(), "run");
        Files.createDirectory(folder.resolve("run"));
        try (Home home = Home.of(job())) {
            assertThat(home.begun()).isEmpty();
        }
    }

    @Test
    void from_elsewhere_the_run_travels() throws IOException {
        Path temporary;
        Ending ending;
        try (Home home = Home.of(job())) { // which sees no marker
            temporary = home.runs();
            Path run = temporary.resolve("run");
            write(run.resolve("weights.safetensors"), 100);
            write(run.resolve("checkpoints/step-000000010/state.json"), 10);
            write(run.resolve(".lock"), 0);
            home.begin(run);
            assertThat(home.begun()).isEmpty();
            ending = home.deliver(done(), run);
        }
        assertThat(temporary).doesNotExist();
        Path there = Ending.unpacked(ending.packed()).home(folder);
        assertThat(there).isEqualTo(folder.resolve("run"));
        assertThat(there.resolve("weights.safetensors")).hasSize(100);
        assertThat(there.resolve("checkpoints/step-000000010/state.json")).hasSize(10);
        assertThat(there.resolve(".lock")).doesNotExist();
    }

    @Test
    void what_is_too_large_travels_without_checkpoints_or_not_at_all() throws IOException {
        try (Home home = Home.of(job())) {
            Path run = home.runs().resolve("run");
            write(run.resolve("weights.safetensors"), 100);
            write(run.resolve("checkpoints/step-000000010/weights.safetensors"), 100);
            Path there = home.deliver(done(), run, 150).home(folder);
            assertThat(there.resolve("weights.safetensors")).exists();
            assertThat(there.resolve("checkpoints")).doesNotExist();
            assertThatThrownBy(() -> home.deliver(done(), run, 50))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(
                            "more than the 50 bytes that may travel to the driver: raise spark.driver.maxResultSize");
        }
    }

    @Test
    void an_archive_stays_in_its_folder() throws IOException {
        Path run = folder.resolve("run");
        write(run.resolve("inside"), 1);
        byte[] packed = RunArchive.pack(run, _ -> true);
        byte[] hostile = new String(packed, StandardCharsets.ISO_8859_1)
                .replace("inside", "../out")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> RunArchive.unpack(hostile, folder, "other")).hasMessageContaining("lies outside");
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
