import org.jspecify.annotations.NullMarked;

/** The {@code thalweg} command. */
@NullMarked
module org.thalweg.cli {
    requires org.thalweg.dashboard;
    requires org.thalweg.lab;
    requires org.thalweg.train;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires tools.jackson.databind;
    requires java.management;
    requires static org.jspecify;

    opens org.thalweg.cli to
            info.picocli,
            tools.jackson.databind;
}
