package org.thalweg.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.train.data.DataException;
import org.thalweg.train.model.StoredTensor;

/**
 * A run's checkpoints, each a folder such as {@code checkpoints/step-000000120}: safetensors files, {@code state.json},
 * {@code config.json}, and {@code SHA256SUMS} as {@code sha256sum -c} reads it. A folder has its name only when all of it is
 * on the disk.
 */
public final class Checkpoints implements CheckpointStore {
    private static final Pattern NAME = Pattern.compile("step-(\\d{9,18})");
    private static final String TENSORS = ".safetensors";
    private static final String STATE = "state.json";
    private static final String CONFIG = "config.json";
    private static final Set<String> FILES = Set.of(
            Checkpoint.WEIGHTS + TENSORS,
            Checkpoint.OPTIMIZER + TENSORS,
            Checkpoint.AVERAGE + TENSORS,
            Checkpoint.LOOKAHEAD + TENSORS,
            STATE,
            CONFIG);

    private final Path folder;

    /** Those below a run's directory. */
    public Checkpoints(Path run) {
        folder = run.resolve("checkpoints");
    }

    /** Where a step's checkpoint is. */
    public Path path(long step) {
        return folder.resolve("step-%09d".formatted(step));
    }

    @Override
    public List<Long> steps() {
        try {
            return Disk.names(folder).stream()
                    .map(NAME::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> Long.parseLong(matcher.group(1)))
                    .sorted((one, other) -> Long.compare(other, one))
                    .toList();
        } catch (IOException e) {
            throw new RunException("%s cannot be read: %s".formatted(folder, Disk.reason(e)), e);
        }
    }

    @Override
    public void save(Checkpoint checkpoint) {
        Path whole = path(checkpoint.step());
        Path draft = draft(whole);
        try {
            Disk.clear(draft);
            Files.createDirectories(draft);
            Checksums checksums = new Checksums(draft);
            for (Map.Entry<String, SequencedMap<String, StoredTensor>> file :
                    checkpoint.tensors().entrySet()) {
                checksums.write(file.getKey() + TENSORS, Safetensors.content(file.getValue(), Map.of("format", "pt")));
            }
            checksums.write(STATE, checkpoint.state().content());
            checksums.write(CONFIG, checkpoint.config().content());
            checksums.finish();
            Disk.syncFolder(draft);
            remove(checkpoint.step());
            Files.move(draft, whole, StandardCopyOption.ATOMIC_MOVE);
            Disk.syncFolder(folder);
        } catch (IOException e) {
            throw Disk.failure(whole, e);
        } finally {
            Disk.clear(draft);
        }
    }

    @Override
    public Checkpoint load(long step) {
        Path whole = path(step);
        Set<String> files = Checksums.verified(whole, FILES);
        Map<String, SequencedMap<String, StoredTensor>> tensors = new HashMap<>();
        for (String file : new TreeSet<>(files)) {
            if (file.endsWith(TENSORS)) {
                tensors.put(file.substring(0, file.length() - TENSORS.length()), Safetensors.read(whole.resolve(file)));
            }
        }
        for (String needed : List.of(Checkpoint.WEIGHTS + TENSORS, STATE, CONFIG)) {
            if (!files.contains(needed)) {
                throw new DataException("%s holds no %s: it is not a whole checkpoint".formatted(whole, needed));
            }
        }
        return new Checkpoint(step, tensors, Document.read(whole.resolve(STATE)), Document.read(whole.resolve(CONFIG)));
    }

    @Override
    public void prune(int newest, Set<Long> kept) {
        steps().stream().skip(newest).filter(step -> !kept.contains(step)).forEach(this::remove);
    }

    @Override
    public void removeAfter(long step) {
        steps().stream().filter(later -> later > step).forEach(this::remove);
    }

    /** Removes drafts, which a process that was killed has left. */
    void clearDrafts() {
        try {
            Disk.names(folder).stream()
                    .filter(name -> name.endsWith(Disk.DRAFT))
                    .forEach(name -> Disk.clear(folder.resolve(name)));
        } catch (IOException e) {
            throw new RunException("%s cannot be read: %s".formatted(folder, Disk.reason(e)), e);
        }
    }

    /** First the name goes, so that no part of a checkpoint is ever taken for one. */
    private void remove(long step) {
        Path whole = path(step);
        Path removed = whole.resolveSibling(whole.getFileName() + ".old" + Disk.DRAFT);
        try {
            Disk.clear(removed);
            if (Files.exists(whole)) {
                Files.move(whole, removed, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw Disk.failure(whole, e);
        }
        Disk.clear(removed);
    }

    private static Path draft(Path whole) {
        return whole.resolveSibling(whole.getFileName() + Disk.DRAFT);
    }
}
