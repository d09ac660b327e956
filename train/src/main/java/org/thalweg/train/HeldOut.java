package org.thalweg.train;

import java.util.Optional;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;

/** Scores on the parts of the data that training does not see. */
record HeldOut(Optional<Evaluation> validation, Evaluation test) implements AutoCloseable {
    static HeldOut of(Network network, Dataset data, Loss loss) {
        return new HeldOut(
                data.validation().map(examples -> new Evaluation(network, examples, loss)),
                new Evaluation(network, data.test(), loss));
    }

    Optional<Score> validationScore() {
        return validation.map(Evaluation::score);
    }

    Score testScore() {
        return test.score();
    }

    @Override
    public void close() {
        validation.ifPresent(Evaluation::close);
        test.close();
    }
}
