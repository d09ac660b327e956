package org.thalweg.train.data;

import java.util.List;

/** Those who hold the other parts of some data. All call the same methods in the same order. */
public interface Peers {
    /** Which part is here, of how many. */
    Share share();

    /** Sums of numbers over all, the same bits on each. */
    double[] sum(double... values);

    /** What all say, in the order of their parts. */
    List<String> all(String text);
}
