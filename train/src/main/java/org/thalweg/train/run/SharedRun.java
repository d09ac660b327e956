package org.thalweg.train.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.worker.Workers;

/**
 * What several workers' run keeps: rank 0 writes the directory, and tells the others what they need to know of it. All workers
 * call the same methods in the same order.
 */
public final class SharedRun implements RunFiles {
    private final Workers workers;
    private final Optional<RunDirectory> own;
    private final Path path;
    private final SharedCheckpoints checkpoints;

    private SharedRun(Workers workers, Optional<RunDirectory> own) {
        this.workers = workers;
        this.own = own;
        String name = own.map(run -> run.path().toString()).orElse("");
        this.path =
                Path.of(new String(workers.fromLeader(name.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        this.checkpoints = new SharedCheckpoints(workers, own.map(RunDirectory::checkpoints));
    }

    /**
     * Opens a run that all workers train.
     *
     * @param directory makes or opens the directory, which rank 0 alone does; a worker by itself has no more than that
     */
    public static RunFiles of(Workers workers, Supplier<RunDirectory> directory) {
        if (workers.isAlone()) {
            return directory.get();
        }
        return new SharedRun(workers, workers.leads() ? Optional.of(directory.get()) : Optional.empty());
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Optional<RunDirectory> directory() {
        return own;
    }

    @Override
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    @Override
    public void config(Map<String, Object> config) {
        own.ifPresent(run -> run.config(config));
    }

    @Override
    public Document config() {
        Map<String, Object> said = new LinkedHashMap<>();
        own.ifPresent(run -> said.put("config", run.config().json()));
        return Document.told(workers, said).object("config");
    }

    @Override
    public void metrics(Map<String, Object> line) {
        own.ifPresent(run -> run.metrics(line));
    }

    @Override
    public Map<String, Long> lengths() {
        return own.map(RunDirectory::lengths).orElse(Map.of());
    }

    @Override
    public void goBack(Map<String, Long> before) {
        own.ifPresent(run -> run.goBack(before));
    }

    @Override
    public void weights(Network network) {
        own.ifPresent(run -> run.weights(network));
    }

    @Override
    public void saveSnapshot(int number, Network network) {
        own.ifPresent(run -> run.saveSnapshot(number, network));
    }

    @Override
    public SequencedMap<String, StoredTensor> loadSnapshot(int number) {
        return own.orElseThrow(() -> new IllegalStateException("rank 0 alone has snapshots"))
                .loadSnapshot(number);
    }

    @Override
    public void result(Map<String, Object> result) {
        own.ifPresent(run -> run.result(result));
    }

    @Override
    public Optional<Document> result() {
        Map<String, Object> said = new LinkedHashMap<>();
        own.flatMap(RunDirectory::result).ifPresent(result -> said.put("result", result.json()));
        return Document.told(workers, said).optional("result");
    }

    @Override
    public void close() {
        own.ifPresent(RunDirectory::close);
    }
}
