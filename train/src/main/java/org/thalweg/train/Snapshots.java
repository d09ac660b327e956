package org.thalweg.train;

import java.util.Optional;
import org.thalweg.train.model.Network;
import org.thalweg.train.run.RunDirectory;

/**
 * Weights after each of several equal parts of a run, whose answers are averaged at its end: Huang et al., Snapshot Ensembles:
 * Train 1, Get M for Free, ICLR 2017.
 */
final class Snapshots {
    private final RunDirectory run;
    private final int wanted;
    private final long cycle;

    /** @param steps of the whole run */
    Snapshots(RunDirectory run, int wanted, long steps) {
        this.run = run;
        this.wanted = wanted;
        this.cycle = cycle(steps, wanted);
    }

    /** Steps in a part: the paper's ceil(T/M). */
    static long cycle(long steps, int wanted) {
        return Math.max(1, Math.ceilDiv(steps, Math.max(1, wanted)));
    }

    void stepped(long step, Network network) {
        if (wanted > 0 && step % cycle == 0 && step / cycle < wanted) {
            run.snapshot((int) (step / cycle), network);
        }
    }

    /** The score of all together on the test part; the last is the network as it is now. */
    Optional<Score> score(Network network, HeldOut heldOut) {
        return Optional.empty();
    }
}
