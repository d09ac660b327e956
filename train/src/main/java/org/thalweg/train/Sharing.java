package org.thalweg.train;

import java.util.Locale;
import java.util.Map;
import org.thalweg.train.run.Document;

/**
 * How several workers share the work of a run; a worker by itself has nothing of it.
 *
 * @param norms over what batch normalisation takes its statistics in training
 * @param shardedState whether each worker keeps the rule's state for its share of the weights alone and updates that (ZeRO
 *     stage 1: Rajbhandari et al., SC 2020), instead of all of them keeping and updating all
 * @param wire how gradients are sent
 */
public record Sharing(Norms norms, boolean shardedState, Wire wire) {
    /** Statistics of each worker's own piece, all state on all workers, gradients as they are. */
    public static final Sharing PLAIN = new Sharing(Norms.LOCAL, false, Wire.FLOAT32);

    /** A bucket's bytes at least: enough that a sum's start does not count. */
    private static final long SMALLEST_BUCKET = 1 << 16;

    /** A bucket's bytes in a large network: little enough that the first is soon full. */
    private static final long LARGEST_BUCKET = 1 << 22;

    /** So many buckets a small network has at most. */
    private static final int BUCKETS = 4;

    /** Over what batch normalisation takes its statistics in training. */
    public enum Norms {
        /** Each worker's own piece of the batch; running statistics are those of rank 0. */
        LOCAL,
        /** The whole batch, as a worker by itself would. */
        SYNC
    }

    /** How gradients are sent. */
    public enum Wire {
        /** As they are. */
        FLOAT32,
        /** Rounded to bfloat16, summed in float32, and the sum rounded once more: half the bytes. */
        BFLOAT16
    }

    public Sharing with(Norms wanted) {
        return new Sharing(wanted, shardedState, wire);
    }

    public Sharing with(Wire wanted) {
        return new Sharing(norms, shardedState, wanted);
    }

    public Sharing withShardedState(boolean wanted) {
        return new Sharing(norms, wanted, wire);
    }

    /**
     * From how many bytes of the gradient on its sum begins while the rest is still computed.
     *
     * @param gradientBytes of all weights in float32
     */
    public static long bucketBytes(long gradientBytes) {
        return Math.clamp(gradientBytes / BUCKETS, SMALLEST_BUCKET, LARGEST_BUCKET);
    }

    /** For {@code config.json}. */
    Map<String, Object> json() {
        return Document.fields("norms", text(norms), "shardedState", shardedState, "wire", text(wire));
    }

    static Sharing read(Document json) {
        return new Sharing(
                json.parsed("norms", text -> Norms.valueOf(text.toUpperCase(Locale.ROOT))),
                json.flag("shardedState"),
                json.parsed("wire", text -> Wire.valueOf(text.toUpperCase(Locale.ROOT))));
    }

    private static String text(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
