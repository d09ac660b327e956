package org.thalweg.cli.launch;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How this very program is started once more: the same Java with the same options, for fewer processors. */
public final class JavaCommand {
    private static final String PROCESSORS = "-XX:ActiveProcessorCount=";

    private JavaCommand() {}

    /**
     * The command's words, behind which the program's arguments follow.
     *
     * @param processors how many it may count on, unless this Java was told a number itself
     * @throws LaunchException if the system does not tell which Java this is
     */
    public static List<String> ofThisProgram(int processors) {
        String java = ProcessHandle.current()
                .info()
                .command()
                .orElseThrow(() -> new LaunchException("the system does not tell where this Java is"));
        List<String> words = new ArrayList<>(List.of(java));
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        if (words.stream().noneMatch(word -> word.startsWith(PROCESSORS))) {
            words.add(PROCESSORS + processors);
        }
        words.addAll(program());
        return words;
    }

    private static List<String> program() {
        String module = System.getProperty("jdk.module.main", "");
        String command = System.getProperty("sun.java.command", "").split(" ", 2)[0];
        return module.isEmpty()
                ? List.of("-cp", System.getProperty("java.class.path"), command)
                : List.of("--module", command);
    }
}
