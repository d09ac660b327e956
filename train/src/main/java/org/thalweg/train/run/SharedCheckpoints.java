package org.thalweg.train.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thalweg.train.data.DataException;
import org.thalweg.train.worker.Workers;

/**
 * The checkpoints of several workers' run: rank 0 reads and writes, and tells the others what it read. All workers call the
 * methods that read, in the same order.
 *
 * @param own of the worker that has them
 */
record SharedCheckpoints(Workers workers, Optional<Checkpoints> own) implements CheckpointStore {
    @Override
    public List<Long> steps() {
        Map<String, Long> steps = new LinkedHashMap<>();
        own.map(Checkpoints::steps).orElse(List.of()).forEach(step -> steps.put(step.toString(), step));
        return List.copyOf(Document.told(workers, steps).counts().values());
    }

    @Override
    public void save(Checkpoint checkpoint) {
        own.ifPresent(it -> it.save(checkpoint));
    }

    @Override
    public Checkpoint load(long step) {
        Optional<Checkpoint> found = Optional.empty();
        Map<String, Object> said = new LinkedHashMap<>();
        try {
            found = own.map(it -> it.load(step));
            found.ifPresent(it -> said.putAll(Document.fields(
                    "state", it.state().json(), "config", it.config().json())));
        } catch (DataException e) {
            said.put("failure", String.valueOf(e.getMessage()));
        }
        Document told = Document.told(workers, said);
        told.optionalText("failure").ifPresent(reason -> {
            throw new DataException(reason);
        });
        return new Checkpoint(
                step,
                Parcel.tensors(workers, found.map(Checkpoint::tensors).orElse(Map.of())),
                told.object("state"),
                told.object("config"));
    }

    @Override
    public void prune(int newest, Set<Long> kept) {
        own.ifPresent(it -> it.prune(newest, kept));
    }

    @Override
    public void removeAfter(long step) {
        own.ifPresent(it -> it.removeAfter(step));
    }
}
