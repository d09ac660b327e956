package org.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.thalweg.optim.text.Names;
import org.thalweg.train.worker.WorkersException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells every failure in one sentence on standard error, with what to do, and its stack trace only with {@code --debug}.
 *
 * <p>The sentence is the exception's own message where it was written for the user: {@link IllegalArgumentException},
 * {@link IOException}, the exceptions that Thalweg's modules declare, and {@link IllegalStateException} where they throw it.
 * Anything else is a bug, and is called one.
 */
final class Failures implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {
    private final Console console;

    Failures(Console console) {
        this.console = console;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        // The line was not parsed to its end, so the option may not have been seen yet.
        boolean debug = console.debug() || Arrays.asList(args).contains("--debug");
        return tell(usage(failure), failure, debug, Main.USAGE);
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        return report(failure);
    }

    /** An illegal argument of ours came from the command line, though it took more than picocli to see it. */
    int report(Throwable failure) {
        int exitCode = switch (failure) {
            case IllegalArgumentException _ -> Main.USAGE;
            case CancellationException _ -> StopSignals.INTERRUPTED;
            case WorkersException other when other.byAnother() -> Main.ANOTHER_WORKER;
            default -> Main.FAILURE;
        };
        return tell(sentence(failure), failure, console.debug(), exitCode);
    }

    private int tell(String sentence, Throwable failure, boolean debug, int exitCode) {
        console.err().println("thalweg: " + sentence);
        if (debug) {
            failure.printStackTrace(console.err());
        }
        return exitCode;
    }

    private static String usage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched, command, name);
        }
        return withoutFullStop(message(failure)) + "; '" + name + " --help' shows the usage.";
    }

    private static String unmatched(UnmatchedArgumentException failure, CommandLine command, String name) {
        String typed = failure.getUnmatched().getFirst();
        boolean option = typed.startsWith("-");
        String first = option ? typed.replaceFirst("=.*", "") : typed;
        List<String> known = option ? optionNames(command) : commandNames(command);
        if (!option && known.isEmpty()) {
            return "unexpected argument '%s'; '%s --help' shows the usage.".formatted(first, name);
        }
        String kind = option ? "option" : "command";
        String what = "there is no %s '%s' in '%s'; ".formatted(kind, first, name);
        Optional<String> meant = Names.nearest(first, known);
        return what
                + meant.map("did you mean '%s'?"::formatted).orElse("'%s --help' lists the %ss.".formatted(name, kind));
    }

    private static List<String> optionNames(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .map(OptionSpec::names)
                .flatMap(Arrays::stream)
                .toList();
    }

    private static List<String> commandNames(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String sentence(Throwable failure) {
        return switch (failure) {
            case OutOfMemoryError e ->
                "out of memory (%s); give Java more with THALWEG_JAVA_OPTS=-Xmx8g or make the job smaller."
                        .formatted(message(e));
            case UncheckedIOException e -> sentence(Objects.requireNonNullElse(e.getCause(), e));
            case NoSuchFileException e -> "there is no file or folder %s.".formatted(e.getFile());
            case FileAlreadyExistsException e ->
                "%s is there already; name another or remove it.".formatted(e.getFile());
            case AccessDeniedException e -> "%s may not be read or written by this user.".formatted(e.getFile());
            case Throwable e when forTheUser(e) -> message(e);
            default ->
                "a bug in Thalweg, %s: %s; run again with --debug and report what it prints."
                        .formatted(failure.getClass().getName(), message(failure));
        };
    }

    private static boolean forTheUser(Throwable failure) {
        return failure instanceof IllegalArgumentException
                || failure instanceof IOException
                || ofThalweg(failure.getClass().getName())
                || (failure instanceof IllegalStateException && thrownByThalweg(failure));
    }

    private static boolean thrownByThalweg(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && ofThalweg(trace[0].getClassName());
    }

    private static boolean ofThalweg(String className) {
        return className.startsWith("org.thalweg.");
    }

    /** The first line of the message, for one sentence is the promise; the class's name where there is none. */
    private static String message(Throwable failure) {
        return Stream.ofNullable(failure.getMessage())
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
