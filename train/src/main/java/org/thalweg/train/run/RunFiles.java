package org.thalweg.train.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.StoredTensor;

/** What a run keeps: in a directory that this process writes, or, with several workers, that the first of them writes. */
public sealed interface RunFiles extends AutoCloseable permits RunDirectory, SharedRun {
    Path path();

    /** The directory, if this process writes it. */
    Optional<RunDirectory> directory();

    CheckpointStore checkpoints();

    /** Writes {@code config.json}. */
    void config(Map<String, Object> config);

    /** What {@code config.json} says. */
    Document config();

    /** Adds one line to {@code metrics.jsonl}, in one write. */
    void metrics(Map<String, Object> line);

    /** The lengths of the files that grow, all on the disk: what {@link #goBack} takes. */
    Map<String, Long> lengths();

    /** Takes back what was added to the files that grow since they had those lengths; 0 where none is given. */
    void goBack(Map<String, Long> before);

    /** Writes {@code weights.safetensors}, and the parts that came from TorchScript files as such files again. */
    void weights(Network network);

    /**
     * Writes {@code snapshots/1.safetensors} and so on.
     *
     * @param number from 1
     */
    void saveSnapshot(int number, Network network);

    /**
     * Reads one of those.
     *
     * @throws IllegalStateException if another worker has them
     */
    SequencedMap<String, StoredTensor> loadSnapshot(int number);

    /** Writes {@code result.json}, which marks the run as completed. */
    void result(Map<String, Object> result);

    /** What {@code result.json} says, if the run is completed. */
    Optional<Document> result();

    @Override
    void close();
}
