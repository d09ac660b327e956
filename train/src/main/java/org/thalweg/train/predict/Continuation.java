package org.thalweg.train.predict;

import java.util.Arrays;
import org.thalweg.train.data.Vocabulary;

/** A text that grows by one token at a time, of which a model sees the latest ones. */
final class Continuation {
    private final Vocabulary vocabulary;
    private final int most;
    private final StringBuilder added = new StringBuilder();
    private long[] context;

    /** @param most tokens that the model sees at once */
    Continuation(Vocabulary vocabulary, int most, long[] start) {
        this.vocabulary = vocabulary;
        this.most = most;
        this.context = Arrays.copyOfRange(start, Math.max(0, start.length - most), start.length);
    }

    /** What the model sees. */
    long[] context() {
        return context;
    }

    /** Chooses the next token by the scores of all; never the one for unknown characters, which nobody could read. */
    void add(Sampling sampling, float[] scores, double drawn) {
        int token = 1 + sampling.choose(Arrays.copyOfRange(scores, 1, scores.length), drawn);
        added.append(vocabulary.text(token));
        int kept = Math.min(context.length, most - 1);
        long[] next = Arrays.copyOfRange(context, context.length - kept, context.length + 1);
        next[kept] = token;
        context = next;
    }

    String added() {
        return added.toString();
    }
}
