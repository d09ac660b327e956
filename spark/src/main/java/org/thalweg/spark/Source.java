package org.thalweg.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.Function;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.worker.Workers;
import scala.Tuple2;

/** Where a task takes its data from. */
interface Source extends Serializable {
    /**
     * Loads what the task can load by itself, before the workers meet.
     *
     * @param rank of the worker
     * @param rows that were dealt to this task, by their numbers, in order
     * @return what makes data of it, together with the others
     */
    Function<Workers, Dataset> load(int rank, Iterator<Tuple2<Long, byte[]>> rows);
}
