package org.thalweg.lab.compare;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Who makes trials. */
public interface Crew extends AutoCloseable {
    /** Where its trials run. */
    Trial.Place place();

    /**
     * Makes trials, in any order.
     *
     * @param done is given each as it ends, one at a time
     * @param stop asked now and then
     * @throws CancellationException if a stop was asked for; what is done is done
     */
    void run(List<Assignment> trials, Consumer<Trial> done, BooleanSupplier stop);

    @Override
    void close();
}
