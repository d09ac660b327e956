import org.jspecify.annotations.NullMarked;

/** Test problems, measurements, comparisons and pictures of training runs. */
@NullMarked
module org.thalweg.lab {
    requires transitive org.thalweg.train;
    requires java.management;
    requires org.bytedeco.javacpp;
    requires java.desktop;
    requires tools.jackson.databind;
    requires xchart;
    requires static org.jspecify;

    exports org.thalweg.lab.bench;
    exports org.thalweg.lab.picture;
    exports org.thalweg.lab.report;
    exports org.thalweg.lab.scaling;
}
