package org.thalweg.cli.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The logs of all workers, one file each, in the folder that was asked for or in the run's. */
final class Logs implements AutoCloseable {
    private final List<WorkerLog> ofRanks;
    private boolean open;

    Logs(int workers) {
        ofRanks = IntStream.range(0, workers).mapToObj(WorkerLog::new).toList();
    }

    WorkerLog of(int rank) {
        return ofRanks.get(rank);
    }

    /** Writes them there from now on, unless they are in files already. */
    void openIn(Optional<Path> folder) {
        if (!open && folder.isPresent()) {
            open = true;
            ofRanks.forEach(log -> log.openIn(folder.get()));
        }
    }

    @Override
    public void close() {
        ofRanks.forEach(WorkerLog::close);
    }
}
