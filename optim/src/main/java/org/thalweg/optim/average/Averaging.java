package org.thalweg.optim.average;

import java.util.List;
import org.thalweg.optim.text.Forms;

/**
 * How the weights after each step go into an average of them: {@code average <- average + share * (weights - average)}.
 *
 * <p>A pure function of the step, as a schedule is, so that a run which resumes needs nothing but the average and the step. The
 * first weights that are taken in are copied, whatever their share.
 */
@FunctionalInterface
public interface Averaging {
    /**
     * The share of the weights after a step in the average, from 0, when they are not taken in, to 1.
     *
     * @param step completed steps, from 1
     */
    double share(long step);

    /**
     * Reads {@code ema}, {@code ema:0.99}, {@code swa:750,50}, {@code polyak:start=100} and the like.
     *
     * @param steps of the whole run; stochastic weight averaging starts after three quarters of it unless the text says when
     * @param epoch steps in an epoch: how often it takes weights unless the text says so
     * @throws IllegalArgumentException if the text is none; the message says where and what was expected
     */
    static Averaging parse(String text, long steps, long epoch) {
        Record parsed =
                new Forms("average", List.of(new Ema(), Swa.ofRun(steps, epoch), new PolyakAverage())).parse(text);
        return (Averaging) parsed;
    }

    /** The text of an averaging, with all its options; one's own is its {@code toString}. */
    static String format(Averaging averaging) {
        return averaging instanceof Record record ? Forms.format(record) : averaging.toString();
    }
}
