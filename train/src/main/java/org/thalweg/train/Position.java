package org.thalweg.train;

import java.util.Map;
import org.thalweg.train.data.SplitMix64;
import org.thalweg.train.run.Document;

/**
 * Where a run stands in its data.
 *
 * @param epoch from 1
 * @param taken examples of the epoch that batches have had
 * @param batches in all so far, those of skipped steps included
 */
record Position(int epoch, int taken, long batches) {
    static final Position START = new Position(1, 0, 0);

    /** After another batch. */
    Position after(int examples) {
        return new Position(epoch, taken + examples, batches + 1);
    }

    Position nextEpoch() {
        return new Position(epoch + 1, 0, batches);
    }

    /**
     * What a worker's random numbers for the next batch are drawn from: a function of the place and the rank alone, so that whoever
     * comes to it draws the same.
     */
    long seed(long runSeed, int rank) {
        SplitMix64 seeds = SplitMix64.stream(runSeed, ((long) epoch << Integer.SIZE) + taken);
        long seed = seeds.next();
        return rank == 0 ? seed : SplitMix64.stream(seed, rank).next();
    }

    Map<String, Object> json() {
        return Document.fields("epoch", epoch, "taken", taken, "batches", batches);
    }

    static Position read(Document json) {
        return new Position(
                (int) json.whole("epoch", 1, Integer.MAX_VALUE),
                (int) json.whole("taken", 0, Integer.MAX_VALUE),
                json.count("batches"));
    }
}
