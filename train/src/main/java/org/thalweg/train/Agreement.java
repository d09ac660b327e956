package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Plan;
import org.thalweg.train.run.Document;
import org.thalweg.train.worker.Workers;

/** Whether all workers are to train the same with the same code on the same data; otherwise they would train something else. */
final class Agreement {
    /** What may differ from worker to worker without harm. */
    private static final List<String> OWN = List.of("started", "engine");

    private Agreement() {}

    /**
     * Compares.
     *
     * @throws IllegalArgumentException on all workers, if one differs from rank 0; the message says which and in what
     */
    static void check(Workers workers, TrainingConfig config, Dataset data, Plan plan, Engine engine) {
        if (workers.isAlone()) {
            return;
        }
        Map<String, Object> facts = new LinkedHashMap<>(ConfigJson.of(config, data, plan, engine));
        OWN.forEach(facts::remove);
        facts.put("code", CodeVersion.here());
        List<String> said = workers.all(Document.of(facts).toString());
        Document first = Document.parse("what rank 0 trains", said.getFirst());
        for (int rank = 1; rank < said.size(); rank++) {
            Document other = Document.parse("what rank %d trains".formatted(rank), said.get(rank));
            if (!other.equals(first)) {
                throw new IllegalArgumentException(
                        "worker %d is not to train what worker 0 is to: %s; give all workers the same"
                                .formatted(rank, other.differences(first)));
            }
        }
    }
}
