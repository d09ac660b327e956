import org.jspecify.annotations.NullMarked;

/** Test problems, measurements, comparisons and pictures of training runs. */
@NullMarked
module org.thalweg.lab {
    requires transitive org.thalweg.train;
    requires java.management;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.pytorch;
    requires transitive java.desktop;
    requires org.apache.commons.statistics.distribution;
    requires org.apache.commons.statistics.inference;
    requires tools.jackson.databind;
    requires xchart;
    requires static org.jspecify;

    exports org.thalweg.lab.bench;
    exports org.thalweg.lab.claim;
    exports org.thalweg.lab.compare;
    exports org.thalweg.lab.curvature;
    exports org.thalweg.lab.descent;
    exports org.thalweg.lab.figure;
    exports org.thalweg.lab.landscape;
    exports org.thalweg.lab.layers;
    exports org.thalweg.lab.lecture;
    exports org.thalweg.lab.ledger;
    exports org.thalweg.lab.picture;
    exports org.thalweg.lab.problem;
    exports org.thalweg.lab.rate;
    exports org.thalweg.lab.report;
    exports org.thalweg.lab.scaling;
    exports org.thalweg.lab.sharpness;
    exports org.thalweg.lab.statistics;
    exports org.thalweg.lab.svg;
    exports org.thalweg.lab.trained;
}
