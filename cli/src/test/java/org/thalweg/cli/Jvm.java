package org.thalweg.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Java processes of their own, on the libraries of this one, all on the class path. */
public final class Jvm {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED");

    private Jvm() {}

    /** The words that run a class's main method. */
    public static List<String> command(Class<?> main, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
        words.addAll(OPTIONS);
        words.addAll(List.of("-cp", classPath(), main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** The process that would run it, in that folder, with nothing of Thalweg's or torchrun's in its environment but what is given. */
    public static ProcessBuilder builder(
            Path folder, Map<String, String> environment, Class<?> main, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(main, arguments)).directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("THALWEG_") || name.endsWith("_OPTIONS") || name.contains("RANK"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path", "surefire.test.class.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .map(path -> Path.of(path).toAbsolutePath().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
