package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a class's main method in a Java process of its own, on this one's libraries, all on the class path. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * Runs it to its end, which must be a good one.
     *
     * @return what it printed, errors included
     */
    public static String run(
            Path folder, Map<String, String> environment, List<String> options, Class<?> main, String... arguments)
            throws IOException, InterruptedException {
        return run(folder, List.of(), environment, options, main, arguments);
    }

    /**
     * Runs it to its end behind another command.
     *
     * @param before the command's own words, behind which those of the process follow
     */
    public static String run(
            Path folder,
            List<String> before,
            Map<String, String> environment,
            List<String> options,
            Class<?> main,
            String... arguments)
            throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                builder(folder, environment, options, main, arguments).redirectOutput(output.toFile());
        builder.command().addAll(0, before);
        int status = builder.start().waitFor();
        String printed = Files.readString(output);
        assertThat(status).as(printed).isZero();
        return printed;
    }

    /** The process that would run it, with its errors among what it prints. */
    public static ProcessBuilder builder(
            Path folder, Map<String, String> environment, List<String> options, Class<?> main, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "THALWEG_ENGINE"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path", "surefire.test.class.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
