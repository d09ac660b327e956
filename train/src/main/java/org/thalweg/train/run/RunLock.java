package org.thalweg.train.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a run's directory to one process. The system gives it back when the process ends, however it ends. */
final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a run's directory.
     *
     * @throws RunException if another process, or another run in this one, has it
     */
    static RunLock take(Path run) {
        Path file = run.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                channel.close();
                throw new RunException(
                        "the run in %s goes on in another process: wait for its end, or stop it first".formatted(run));
            }
            return new RunLock(channel);
        } catch (IOException e) {
            throw Disk.failure(file, e);
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is free when the process ends, at the latest.
        }
    }
}
