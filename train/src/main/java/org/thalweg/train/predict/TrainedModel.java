package org.thalweg.train.predict;

import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.train.SavedRun;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.DataForm;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;
import org.thalweg.train.run.Document;

/**
 * What a run's directory holds about the model that it trained.
 *
 * @param form how inputs come to the model, and what its answers mean
 * @param loss what it was trained on, which says how its answers are read
 * @param network the model with its trained weights
 * @param brightest the number that white had in the images it was trained on
 * @param target the column of a table that was to be foreseen, if one was named
 */
record TrainedModel(DataForm form, Loss loss, Network network, float brightest, Optional<String> target)
        implements AutoCloseable {
    private static final float WHITE = 255;

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if this is no run's directory
     * @throws DataException if it has no trained weights, or is damaged
     */
    static TrainedModel read(Path run) {
        SavedRun saved = SavedRun.read(run);
        DataForm form = saved.json().read("data", DataForm::of);
        Network network = saved.network(run, form.modelInput());
        Document data = saved.json().object("data");
        return new TrainedModel(form, saved.config().loss(), network, brightest(data), target(data));
    }

    private static float brightest(Document data) {
        double number = data.numberOrNan("brightest");
        return number > 0 ? (float) number : WHITE;
    }

    private static Optional<String> target(Document data) {
        return data.optional("request")
                .flatMap(request -> request.optional("reading"))
                .flatMap(reading -> reading.optionalText("target"));
    }

    @Override
    public void close() {
        network.close();
    }
}
