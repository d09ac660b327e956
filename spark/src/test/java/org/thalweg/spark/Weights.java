package org.thalweg.spark;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.run.Safetensors;

/** How far apart two runs ended. */
final class Weights {
    private Weights() {}

    /** The distance between two runs' weights as a share of their length. */
    static double distance(TrainingResult one, TrainingResult other) {
        double apart = 0;
        double length = 0;
        Map<String, StoredTensor> others = of(other.run());
        for (Map.Entry<String, StoredTensor> weight : of(one.run()).entrySet()) {
            float[] here = weight.getValue().data().toArray(ValueLayout.JAVA_FLOAT);
            float[] there =
                    Objects.requireNonNull(others.get(weight.getKey())).data().toArray(ValueLayout.JAVA_FLOAT);
            for (int i = 0; i < here.length; i++) {
                apart += Math.pow((double) here[i] - there[i], 2);
                length += Math.pow(here[i], 2);
            }
        }
        return Math.sqrt(apart / length);
    }

    private static Map<String, StoredTensor> of(Path run) {
        return Safetensors.read(run.resolve("weights.safetensors"));
    }
}
