package org.thalweg.train;

import java.util.Map;
import java.util.Optional;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;
import org.thalweg.train.run.Document;
import org.thalweg.train.worker.Workers;

/**
 * Scores on the parts of the data that training does not see. Rank 0 takes them, and the other workers are told, so that all
 * decide alike.
 */
record HeldOut(Workers workers, Optional<Evaluation> validation, Evaluation test) implements AutoCloseable {
    static HeldOut of(Network network, Dataset data, Loss loss, Workers workers) {
        return new HeldOut(
                workers,
                data.validation().map(examples -> new Evaluation(network, examples, loss)),
                new Evaluation(network, data.test(), loss));
    }

    Optional<Score> validationScore() {
        return validation.map(this::told);
    }

    Score testScore() {
        return told(test);
    }

    private Score told(Evaluation evaluation) {
        if (workers.isAlone()) {
            return evaluation.score();
        }
        Map<String, Object> said = workers.leads() ? evaluation.score().json() : Map.of();
        return Score.read(Document.told(workers, said));
    }

    @Override
    public void close() {
        validation.ifPresent(Evaluation::close);
        test.close();
    }
}
