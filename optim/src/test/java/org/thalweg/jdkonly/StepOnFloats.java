package org.thalweg.jdkonly;

import java.util.Arrays;
import java.util.List;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;

/** A program of its own, run by {@link JdkOnlyTest}: prints the bits that some steps come to. */
public final class StepOnFloats {
    private StepOnFloats() {}

    public static void main(String[] arguments) {
        float[] p = new float[1003];
        float[] g = new float[1003];
        for (int i = 0; i < p.length; i++) {
            p[i] = (float) Math.sin(i);
        }
        try (Optimizer optimizer = Optimizer.of(
                Rules.parse("clip-by-global-norm + lamb"),
                Schedule.cosine(0.1, 20).warmUp(3),
                List.of(Parameter.of("p", p, g, 17, 59)))) {
            for (int step = 0; step < 20; step++) {
                for (int i = 0; i < p.length; i++) {
                    g[i] = p[i] - (float) Math.cos(3 * i);
                }
                optimizer.step();
            }
        }
        System.out.println(Arrays.hashCode(p) + " " + p[0]);
    }
}
