package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

    @Test
    void version_tells_thalweg_java_and_kernels() {
        assertThat(Main.run(console, "--version")).isZero();
        assertThat(out.toString(UTF_8))
                .matches("(?s)thalweg \\d+\\.\\d+\\.\\d+.*\nJava \\d.*\nvector kernels: (available|not available.*)\n");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void version_as_json_is_one_document() {
        assertThat(Main.run(console, "--json", "--version")).isZero();
        JsonNode document = JsonMapper.shared().readTree(out.toString(UTF_8));
        assertThat(document.get("java").asString()).isEqualTo(Runtime.version().toString());
        assertThat(document.get("vectorKernels").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void the_warm_up_runs_quietly(String kind) {
        assertThat(Main.run(console, "warm-up", kind)).isZero();
        assertThat(out.toString(UTF_8)).isEmpty();
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void without_arguments_the_help_is_shown() {
        assertThat(Main.run(console)).isZero();
        assertThat(out.toString(UTF_8)).contains("Usage: thalweg").doesNotContain("warm-up");
    }

    static Stream<Arguments> usageErrors() {
        return Stream.of(
                Arguments.of("sial", "thalweg: there is no command 'sial' in 'thalweg'; did you mean 'sail'?"),
                Arguments.of(
                        "xyz", "thalweg: there is no command 'xyz' in 'thalweg'; 'thalweg --help' lists the commands."),
                Arguments.of(
                        "sail --sped 3",
                        "thalweg: there is no option '--sped' in 'thalweg sail'; did you mean '--speed'?"),
                Arguments.of(
                        "sail --zzz=3",
                        "thalweg: there is no option '--zzz' in 'thalweg sail'; 'thalweg sail --help' lists the options."),
                Arguments.of("sail far", "thalweg: unexpected argument 'far'; 'thalweg sail --help' shows the usage."),
                Arguments.of(
                        "sail --speed fast",
                        "thalweg: Invalid value for option '--speed': 'fast' is not an int; 'thalweg sail --help' shows the usage."),
                Arguments.of(
                        "--verson", "thalweg: there is no option '--verson' in 'thalweg'; did you mean '--version'?"));
    }

    @ParameterizedTest
    @MethodSource("usageErrors")
    void a_usage_error_is_one_line_that_says_what_to_do_and_exits_with_2(String line, String sentence) {
        assertThat(sail(() -> 0, line.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).isEqualTo(sentence + System.lineSeparator());
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new IOException("digits.csv, line 3, column 2: 'x' is no number."),
                        "digits.csv, line 3, column 2: 'x' is no number."),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("a/b")), "there is no file or folder a/b."),
                Arguments.of(new NoSuchFileException("a/b"), "there is no file or folder a/b."),
                Arguments.of(
                        new NullPointerException("oops"),
                        "a bug in Thalweg, java.lang.NullPointerException: oops; run again with --debug and report what it prints."));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void a_failure_is_one_line_and_exits_with_1(Exception failure, String sentence) {
        Callable<Integer> failing = () -> {
            throw failure;
        };
        assertThat(sail(failing, "sail")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).isEqualTo("thalweg: " + sentence + System.lineSeparator());
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void an_argument_that_only_the_command_can_refuse_exits_with_2() {
        Callable<Integer> refusing = () -> {
            throw new IllegalArgumentException("the batch size is 0; use 1 or more.");
        };
        assertThat(sail(refusing, "sail")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .isEqualTo("thalweg: the batch size is 0; use 1 or more." + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--debug sail", "sail --debug"})
    void debug_adds_the_stack_trace_wherever_it_stands(String line) {
        Callable<Integer> failing = () -> {
            throw new IllegalStateException("no wind");
        };
        assertThat(sail(failing, line.split(" "))).isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith("thalweg: no wind").contains("\tat org.thalweg.cli");
    }

    @Test
    void debug_is_heard_behind_a_usage_error() {
        assertThat(sail(() -> 0, "sail", "--sped", "--debug")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("picocli.CommandLine$UnmatchedArgumentException");
    }

    @Test
    void running_out_of_memory_is_a_sentence() {
        Callable<Integer> failing = () -> {
            throw new OutOfMemoryError("Java heap space");
        };
        assertThat(sail(failing, "sail")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).startsWith("thalweg: out of memory (Java heap space); give Java more");
    }

    @Test
    void an_illegal_state_is_told_as_it_is_when_thalweg_throws_it_and_is_a_bug_when_a_library_does() {
        Callable<Integer> ours = () -> {
            throw new IllegalStateException("libtorch cannot be loaded.");
        };
        Callable<Integer> theirs = () -> {
            new ArrayList<Integer>().iterator().remove();
            return 0;
        };
        assertThat(sail(ours, "sail")).isEqualTo(1);
        assertThat(sail(theirs, "sail")).isEqualTo(1);
        assertThat(err.toString(UTF_8).lines())
                .containsExactly(
                        "thalweg: libtorch cannot be loaded.",
                        "thalweg: a bug in Thalweg, java.lang.IllegalStateException: IllegalStateException; "
                                + "run again with --debug and report what it prints.");
    }

    private int sail(Callable<Integer> action, String... args) {
        CommandLine commandLine = Main.commandLine(console).addSubcommand(new Sail(action));
        return Main.run(commandLine, console, args);
    }

    @Command(name = "sail")
    static final class Sail implements Callable<Integer> {
        private final Callable<Integer> action;

        @Option(names = "--speed")
        int speed;

        Sail(Callable<Integer> action) {
            this.action = action;
        }

        @Override
        public Integer call() throws Exception {
            return action.call();
        }
    }
}
