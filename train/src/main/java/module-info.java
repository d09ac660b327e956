import org.jspecify.annotations.NullMarked;

/** Training on libtorch: data, models, the loop, and the runs it leaves on disk. */
@NullMarked
module org.thalweg.train {
    requires transitive org.thalweg.optim;
    requires transitive org.bytedeco.pytorch;
    requires java.management;
    requires jdk.management;
    requires org.bytedeco.openblas;
    requires org.bytedeco.javacpp;
    requires tools.jackson.databind;
    requires de.siegmar.fastcsv;
    requires org.apache.commons.compress;
    requires org.snakeyaml.engine;
    requires java.desktop;
    requires static org.jspecify;

    exports org.thalweg.train;
    exports org.thalweg.train.curvature;
    exports org.thalweg.train.data;
    exports org.thalweg.train.engine;
    exports org.thalweg.train.loss;
    exports org.thalweg.train.metrics;
    exports org.thalweg.train.model;
    exports org.thalweg.train.model.foreign;
    exports org.thalweg.train.model.layer;
    exports org.thalweg.train.model.ready;
    exports org.thalweg.train.model.text;
    exports org.thalweg.train.noise;
    exports org.thalweg.train.predict;
    exports org.thalweg.train.run;
    exports org.thalweg.train.tensorboard;
    exports org.thalweg.train.worker;
}
