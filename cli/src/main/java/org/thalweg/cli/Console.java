package org.thalweg.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * Where a command writes, and how the user asked for it.
 *
 * <p>A command answers once: with {@link #document} where {@link #json} says so, else with lines for people. Progress and
 * remarks go to {@link #err}, so that standard output holds the answer alone.
 */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private boolean json;
    private boolean debug;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Whether the answer is to be one JSON document. */
    boolean json() {
        return json;
    }

    void json(boolean asked) {
        this.json = asked;
    }

    /** Whether failures are to be told with their stack trace. */
    boolean debug() {
        return debug;
    }

    void debug(boolean asked) {
        this.debug = asked;
    }

    /** Standard output, for the answer to people. */
    PrintStream out() {
        return out;
    }

    /** Standard error, for progress, remarks and failures. */
    PrintStream err() {
        return err;
    }

    /** Prints the answer as one JSON document; records, maps and lists become what one expects. */
    void document(Object answer) {
        // Jackson's own form of a path is a URI, which no shell takes.
        SimpleModule paths = new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance);
        JsonMapper mapper = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .addModule(paths)
                .build();
        out.println(mapper.writeValueAsString(answer));
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
