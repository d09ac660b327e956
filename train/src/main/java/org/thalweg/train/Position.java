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
     * What the next batch's random numbers are drawn from: a function of the place alone, so that whoever comes to it draws the
     * same.
     */
    long seed(long runSeed) {
        return SplitMix64.stream(runSeed, ((long) epoch << Integer.SIZE) + taken)
                .next();
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
