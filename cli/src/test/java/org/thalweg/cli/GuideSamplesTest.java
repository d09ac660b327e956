package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The Java in the README and the guide compiles, and where it is a program it runs and prints what the page says it does.
 *
 * <p>A block is one of three: a program, with a {@code main}, which stands on its own; types, which the page's other blocks
 * may use; or statements, which may also use what {@link #GIVEN} says. The {@code text} block that follows a program is
 * what it prints.
 */
class GuideSamplesTest {
    private static final Pattern BLOCK =
            Pattern.compile("^```java\n(.*?)^```\n(\\s*^```text\n(.*?)^```\n)?", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PROGRAM = Pattern.compile("^void main\\(", Pattern.MULTILINE);
    private static final Pattern TYPES =
            Pattern.compile("\\A(/\\*\\*.*?\\*/\\s*)?(final |sealed )*(record|class|interface|enum) ", Pattern.DOTALL);

    private static final String IMPORTS = Stream.of(
                    "java.lang.foreign",
                    "java.nio.file",
                    "java.util",
                    "org.thalweg.lab.descent",
                    "org.thalweg.lab.problem",
                    "org.thalweg.lab.report",
                    "org.thalweg.optim",
                    "org.thalweg.optim.average",
                    "org.thalweg.optim.expr",
                    "org.thalweg.optim.rule",
                    "org.thalweg.optim.schedule",
                    "org.thalweg.optim.sharpness",
                    "org.thalweg.train",
                    "org.thalweg.train.curvature",
                    "org.thalweg.train.data",
                    "org.thalweg.train.loss",
                    "org.thalweg.train.metrics",
                    "org.thalweg.train.model",
                    "org.thalweg.train.model.layer",
                    "org.thalweg.train.model.layer.Activation",
                    "org.thalweg.train.model.layer.Pooling",
                    "org.thalweg.train.model.ready",
                    "org.thalweg.train.model.text",
                    "org.thalweg.train.noise",
                    "org.thalweg.train.predict",
                    "org.thalweg.train.worker")
            .map("import %s.*;\n"::formatted)
            .collect(Collectors.joining(
                    "",
                    "import org.bytedeco.pytorch.Tensor;\nimport org.bytedeco.pytorch.global.torch;\n"
                            + "import org.thalweg.train.model.layer.Linear; // not the schedule\n",
                    ""));

    /** What statements may take for granted, since the page around them says where it comes from. */
    private static final String GIVEN = """
            final List<Parameter> parameters = List.of(Parameter.of("w", new float[6], new float[6], 2, 3));
            final Optimizer optimizer = Optimizer.of(new Adam(), Schedule.constant(1e-3), parameters);
            """;

    @TempDir
    private Path folder;

    /**
     * A block.
     *
     * @param prints what the page says that it prints
     */
    private record Sample(String name, String code, Optional<String> prints) {
        boolean isProgram() {
            return PROGRAM.matcher(code).find();
        }

        /** As a source file. */
        String source() {
            if (isProgram()) {
                return code;
            }
            if (TYPES.matcher(code).find()) {
                return IMPORTS + code;
            }
            return IMPORTS + "abstract class " + name + " {\n" + GIVEN + "void run() throws Exception {\n" + code
                    + "}\n}";
        }
    }

    static Stream<Path> pages() throws IOException {
        Path root = Path.of("..");
        try (Stream<Path> guide = Files.list(root.resolve("docs/guide"))) {
            List<Path> here = guide.filter(page -> !page.endsWith("spark.md")) // whose module has its own test
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(root.resolve("README.md")), here.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void the_samples_compile_and_the_programs_print_what_the_page_says(Path page) throws Exception {
        List<Sample> samples = samples(Files.readString(page));
        assertThat(Files.readString(page).split("```java", -1))
                .as("blocks seen")
                .hasSize(samples.size() + 1);
        compile(samples);
        for (Sample program : samples.stream().filter(Sample::isProgram).toList()) {
            assertThat(run(program))
                    .as(program.code())
                    .isEqualTo(program.prints().orElse(""));
        }
    }

    private static List<Sample> samples(String page) {
        List<Sample> samples = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(page).results().toList()) {
            samples.add(new Sample("Sample" + samples.size(), block.group(1), Optional.ofNullable(block.group(3))));
        }
        return samples;
    }

    private void compile(List<Sample> samples) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-d",
                folder.toString(),
                "--module-path",
                Objects.requireNonNull(System.getProperty("jdk.module.path")),
                "--add-modules",
                "org.thalweg.lab,org.thalweg.dashboard",
                "-Xlint:all,-incubating,-auxiliaryclass",
                "-Werror"));
        for (Sample sample : samples) {
            Path source = folder.resolve(sample.name() + ".java");
            Files.writeString(source, sample.source());
            arguments.add(source.toString());
        }
        StringWriter messages = new StringWriter();
        if (!samples.isEmpty()) {
            int exitCode = ToolProvider.findFirst("javac")
                    .orElseThrow()
                    .run(new PrintWriter(messages), new PrintWriter(messages), arguments.toArray(String[]::new));
            assertThat(exitCode).as(messages.toString()).isZero();
        }
    }

    private String run(Sample program) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Constructor<?> constructor = classes.loadClass(program.name()).getDeclaredConstructor();
            constructor.setAccessible(true);
            Method main = constructor.getDeclaringClass().getDeclaredMethod("main");
            main.setAccessible(true);
            System.setOut(new PrintStream(printed, true, UTF_8));
            main.invoke(constructor.newInstance());
        } finally {
            System.setOut(out);
        }
        return printed.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }
}
