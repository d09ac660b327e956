package org.thalweg.spark;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.run.Document;
import org.thalweg.train.worker.Workers;
import scala.Tuple2;

/**
 * Data that each task loads whole; workers take their pieces of each batch.
 *
 * @param request as JSON
 */
record FileSource(String request) implements Source {
    private static final String NAME = "request";

    FileSource(DataRequest request) {
        this(Document.of(Map.of(NAME, request.json())).toString());
    }

    @Override
    public Function<Workers, Dataset> load(int rank, Iterator<Tuple2<Long, byte[]>> rows) {
        Dataset data = Document.parse("the request for data", request)
                .read(NAME, DataRequest::of)
                .load();
        return _ -> data;
    }
}
