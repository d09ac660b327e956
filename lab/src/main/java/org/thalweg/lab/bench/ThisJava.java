package org.thalweg.lab.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts another process like this one: the same Java, options and modules or class path. */
public final class ThisJava {
    private ThisJava() {}

    /** The command that runs a class's main method. */
    public static List<String> running(Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        String classPath = System.getProperty("java.class.path", "");
        if (!classPath.isEmpty()) {
            command.addAll(List.of("-cp", classPath));
        }
        if (main.getModule().isNamed()) {
            command.addAll(List.of("--module", main.getModule().getName() + "/" + main.getName()));
        } else {
            command.add(main.getName());
        }
        return command;
    }
}
