package org.thalweg.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** A task of the barrier stage: one worker, from the rows that were dealt to it to how its training ended. */
final class WorkerTask
        extends AbstractFunction1<
                scala.collection.Iterator<Tuple2<Long, byte[]>>, scala.collection.Iterator<Tuple2<String, byte[]>>>
        implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private final Job job;

    WorkerTask(Job job) {
        this.job = job;
    }

    @Override
    public scala.collection.Iterator<Tuple2<String, byte[]>> apply(
            scala.collection.Iterator<Tuple2<Long, byte[]>> dealt) {
        Iterator<Tuple2<Long, byte[]>> rows = CollectionConverters.asJava(dealt);
        Ending ending = new Attempt(job, BarrierTaskContext.get()).run(rows);
        return CollectionConverters.asScala(List.of(ending.packed()).iterator());
    }
}
