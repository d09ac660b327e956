package org.thalweg.lab.problem;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Random numbers that depend on a seed and a step alone, so that every rule meets the same noise. */
final class Draws {
    private Draws() {}

    static RandomGenerator at(long seed, long step) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + step);
    }
}
