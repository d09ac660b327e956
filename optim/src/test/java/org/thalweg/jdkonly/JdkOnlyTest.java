package org.thalweg.jdkonly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library needs nothing but the JDK, and of that not even the incubating Vector API. */
class JdkOnlyTest {
    private static final String PROGRAM = StepOnFloats.class.getName();
    private static final String ONE_LINE = "-Djava.util.logging.SimpleFormatter.format=%4$s: %5$s%n";
    private static final String VECTORS = "jdk.incubator.vector";

    @TempDir
    private Path folder;

    private record Output(String bits, List<String> complaints) {}

    @Test
    void stepsOnTheClassPathAndOnTheModulePathWithAndWithoutVectors() throws Exception {
        String optim = Path.of("target/classes").toAbsolutePath().toString();
        Path program = programAlone();
        List<String> classPath = List.of("-cp", optim + File.pathSeparator + program);
        List<String> modulePath = List.of("-p", optim, "-cp", program.toString());
        Output fast = java(classPath, List.of("--add-modules", VECTORS));
        assertThat(fast.complaints()).containsExactly("WARNING: Using incubator modules: " + VECTORS);
        assertThat(java(modulePath, List.of("--add-modules", "org.thalweg.optim," + VECTORS)))
                .isEqualTo(fast);
        assertThat(java(classPath, List.of("--add-modules", VECTORS, "--enable-native-access=ALL-UNNAMED")))
                .as("with kernels that go by address")
                .isEqualTo(fast);

        Output slow = java(classPath, List.of());
        assertThat(slow.bits()).isEqualTo(fast.bits());
        assertThat(slow.complaints())
                .containsExactly(
                        "WARNING: The Vector API is not readable, so scalar kernels are used: same results, slower steps."
                                + " Start java with --add-modules jdk.incubator.vector to turn it on.");
        assertThat(java(modulePath, List.of("--add-modules", "org.thalweg.optim")))
                .isEqualTo(slow);
    }

    /** The program without the rest of the tests' classes. */
    private Path programAlone() throws IOException {
        Path file = Path.of(PROGRAM.replace('.', '/') + ".class");
        Path to = folder.resolve("program").resolve(file);
        Files.createDirectories(to.getParent());
        Files.copy(Path.of("target/test-classes").resolve(file), to);
        return folder.resolve("program");
    }

    private Output java(List<String> path, List<String> modules) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), ONE_LINE, "-Duser.language=en"));
        command.addAll(path);
        command.addAll(modules);
        command.add(PROGRAM);
        Path complaints = folder.resolve("complaints");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL") || name.startsWith("JDK_JAVA"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> read(complaints).toString()).isZero();
        return new Output(output, read(complaints));
    }

    private static List<String> read(Path complaints) {
        try {
            return Files.readAllLines(complaints);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
