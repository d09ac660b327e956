package org.thalweg.lab.scaling;

/**
 * The workers' side of a forecast.
 *
 * @param link between any two workers
 * @param allReduce how they sum gradients
 * @param bucketBytes how much gradient is sent at once, at least 1: a bucket goes out while the layers before it are still on
 *     their way back
 * @param cores that all workers share, if they are on one machine; 0 where each has a machine to itself
 * @param threads that each worker computes with, at least 1
 */
public record Cluster(Link link, AllReduce allReduce, double bucketBytes, int cores, int threads) {
    public Cluster {
        if (!(bucketBytes >= 1) || cores < 0 || threads < 1) {
            throw new IllegalArgumentException("a bucket has at least 1 byte, and a worker at least 1 thread");
        }
    }

    /** How many times as long everything takes where workers outnumber the cores they share. */
    double crowding(int workers) {
        return cores == 0 ? 1 : Math.max(1, (double) workers * threads / cores);
    }

    /** Seconds for a whole gradient, in buckets. */
    double communication(int workers, double bytes) {
        return buckets(bytes) * bucket(workers, bytes);
    }

    /**
     * Seconds that a step waits for gradients after its way back. Of {@code K} equal buckets that take {@code c} each, one after
     * the other, the i-th is ready after {@code i / K} of the way back, which takes {@code T}: the last one ends
     * {@code max(c, K c - (K - 1) / K T)} after it (the schedule of Li et al., PyTorch Distributed, VLDB 2020, section 3.2, for
     * layers that are alike). Where workers take all the cores they share, what sends takes them from the way back, and nothing is hidden.
     */
    double exposed(int workers, double bytes, double backward) {
        double buckets = buckets(bytes);
        double each = bucket(workers, bytes);
        if (cores > 0 && workers * threads >= cores) {
            return buckets * each;
        }
        return Math.max(each, buckets * each - (buckets - 1) / buckets * backward);
    }

    private double buckets(double bytes) {
        return Math.max(1, Math.ceil(bytes / bucketBytes));
    }

    private double bucket(int workers, double bytes) {
        return allReduce.seconds(workers, bytes / buckets(bytes), link);
    }
}
