package org.thalweg.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Split;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.engine.EngineSetup;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Precision;
import org.thalweg.train.model.ScriptFiles;
import org.thalweg.train.run.Document;
import org.thalweg.train.run.RunDirectory;
import org.thalweg.train.run.RunException;
import org.thalweg.train.run.Safetensors;

/**
 * What a run was begun with, read from its directory.
 *
 * @param json its {@code config.json}
 * @param config what was trained, and how
 */
public record SavedRun(Document json, TrainingConfig config) {
    /**
     * Reads it.
     *
     * @param run the run's directory
     * @throws IllegalArgumentException if it is no run's directory
     * @throws RunException if the run was stopped before it began
     * @throws DataException if its configuration is damaged
     */
    public static SavedRun read(Path run) {
        Document json = RunDirectory.readConfig(run);
        return new SavedRun(json, ConfigJson.read(json, run));
    }

    /**
     * Loads the data again.
     *
     * @param directory where its files are, if not where they were
     */
    public Dataset data(Optional<Path> directory) {
        Document data = json.object("data");
        if (data.optional("request").isPresent()) {
            DataRequest request = data.read("request", DataRequest::of);
            return directory.map(request::in).orElse(request).load();
        }
        return data.made(it -> Dataset.of(
                Corpus.load(it.text("name"), directory),
                new Split(
                        it.number("validationShare"),
                        it.number("testShare"),
                        it.whole("splitSeed", Long.MIN_VALUE, Long.MAX_VALUE))));
    }

    /**
     * Loads the data again, and makes sure that it is the same.
     *
     * @param run the run's directory
     * @param directory where its files are, if not where they were
     * @throws IllegalArgumentException if it is not the data that the run was begun with
     */
    public Dataset sameData(Path run, Optional<Path> directory) {
        Dataset data = data(directory);
        ConfigJson.checkData(json, data, run);
        return data;
    }

    /**
     * The network as it was before the first step, rebuilt from the configuration and the seed.
     *
     * @param input the shape of one example
     * @throws IllegalArgumentException if parts of it came from a TorchScript file, of which only the trained weights were kept
     */
    public Network untrained(Shape input) {
        if (ScriptFiles.anyIn(config.model())) {
            throw new IllegalArgumentException(
                    "model %s has parts from TorchScript files, whose first weights the run has not kept"
                            .formatted(config.model().name()));
        }
        return Network.build(config.model().plan(input), config.seed());
    }

    /**
     * The network with the weights that the run ended with.
     *
     * @param run the run's directory
     * @param input the shape of one example
     * @throws DataException if it has no trained weights, or they are damaged
     */
    public Network network(Path run, Shape input) {
        return network(run, input, config.model().precision());
    }

    /** The same, computing in other numbers. */
    public Network network(Path run, Shape input, Precision precision) {
        Path weights = run.resolve(RunDirectory.WEIGHTS);
        if (!Files.isRegularFile(weights)) {
            throw new DataException("the run in %s has no trained weights yet: finish it with './thalweg resume %s'"
                    .formatted(run, run));
        }
        Network network = Network.build(
                ScriptFiles.in(run, config.model()).with(precision).plan(input), 0);
        try {
            network.load(Safetensors.read(weights));
            return network;
        } catch (IllegalArgumentException | DataException e) {
            network.close();
            throw new DataException("%s cannot be used: %s".formatted(weights, e.getMessage()), e);
        }
    }

    /** Starts libtorch with as many threads as the run had, unless the environment asks for something else. */
    public Engine startEngine() {
        return System.getenv().containsKey(EngineSetup.VARIABLE)
                ? Engine.start()
                : Engine.start(json.parsed("engine", EngineSetup::parse));
    }
}
