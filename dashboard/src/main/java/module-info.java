import org.jspecify.annotations.NullMarked;

/** The live page about the runs in a folder. */
@NullMarked
module org.thalweg.dashboard {
    requires org.thalweg.lab;
    requires org.thalweg.train;
    requires io.helidon.webserver;
    requires io.helidon.webserver.sse;
    requires java.logging;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports org.thalweg.dashboard;

    opens org.thalweg.dashboard.watch to
            tools.jackson.databind;
}
