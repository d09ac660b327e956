package org.thalweg.lab.scaling;

/**
 * How workers sum their gradients, so that each has the sum: what it takes in the alpha-beta-gamma model. With {@code n} bytes
 * and {@code p} workers, after Thakur, Rabenseifner and Gropp, Optimization of Collective Communication Operations in MPICH,
 * IJHPCA 19(1), 2005, section 4.
 */
public enum AllReduce {
    /**
     * A ring, twice around: {@code 2 (p - 1) alpha + 2 (p - 1) / p n beta + (p - 1) / p n gamma}. Reduce-scatter and all-gather
     * each pass {@code n / p} bytes {@code p - 1} times (the paper's pairwise exchange and ring; Patarasu and Yuan, 2009). No
     * algorithm sends less; Gloo's own.
     */
    RING("ring") {
        @Override
        double amongMany(int workers, double bytes, Link link) {
            double piece = bytes / workers;
            return (workers - 1) * (2 * link.send(piece) + link.add(piece));
        }
    },
    /**
     * A binomial tree, up and down: {@code ceil(lg p) (2 alpha + 2 n beta + n gamma)}. A reduction to one worker, then a
     * broadcast.
     */
    TREE("tree") {
        @Override
        double amongMany(int workers, double bytes, Link link) {
            return rounds(workers) * (2 * link.send(bytes) + link.add(bytes));
        }
    },
    /**
     * Recursive halving, then doubling (Rabenseifner): {@code 2 lg p alpha + 2 (p - 1) / p n beta + (p - 1) / p n gamma}. The
     * ring's volume in a tree's number of messages. Where {@code p} is no power of two, one more exchange of {@code n} bytes
     * each way brings it to the next lower one.
     */
    HALVING("halving and doubling") {
        @Override
        double amongMany(int workers, double bytes, Link link) {
            int power = Integer.highestOneBit(workers);
            double share = (power - 1.0) / power * bytes;
            double among = 2 * rounds(power) * link.latency() + 2 * share / link.bytesPerSecond() + link.add(share);
            return power == workers ? among : among + 2 * link.send(bytes) + link.add(bytes);
        }
    };

    private final String words;

    AllReduce(String words) {
        this.words = words;
    }

    /** What people call it. */
    public String words() {
        return words;
    }

    /**
     * Seconds until every worker has the sum.
     *
     * @param workers at least 1; one alone waits for nobody
     * @param bytes of each worker's gradient
     */
    public double seconds(int workers, double bytes, Link link) {
        return workers == 1 ? 0 : amongMany(workers, bytes, link);
    }

    abstract double amongMany(int workers, double bytes, Link link);

    /** {@code ceil(lg p)}. */
    private static int rounds(int workers) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(workers - 1);
    }
}
