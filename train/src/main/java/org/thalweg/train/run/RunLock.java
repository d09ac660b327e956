package org.thalweg.train.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** Keeps a run's directory to one process. The system gives it back when the process ends, however it ends. */
final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";
    /** Who only asks whether a run goes on has the file for a moment, so that taking it is tried more than once. */
    private static final int TRIALS = 10;

    private static final long PAUSE_MILLIS = 5;

    /**
     * What this process has. Asking for these must not touch the file: on some systems a process that closes a file gives
     * back all of its locks on it.
     */
    private static final Set<Path> OWN = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
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
            synchronized (OWN) {
                Path own = run.toRealPath().resolve(NAME);
                if (OWN.contains(own)) {
                    throw taken(run);
                }
                FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (!locks(channel)) {
                    channel.close();
                    throw taken(run);
                }
                OWN.add(own);
                return new RunLock(own, channel);
            }
        } catch (IOException e) {
            throw Disk.failure(file, e);
        }
    }

    private static RunException taken(Path run) {
        return new RunException(
                "the run in %s goes on in another process: wait for its end, or stop it first".formatted(run));
    }

    private static boolean locks(FileChannel channel) throws IOException {
        for (int trial = 0; trial < TRIALS; trial++) {
            try {
                if (channel.tryLock() != null) {
                    return true;
                }
                Thread.sleep(PAUSE_MILLIS);
            } catch (OverlappingFileLockException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** Whether a process has a run's directory, this one or another; false also where that cannot be told. */
    static boolean isTaken(Path run) {
        Path file = run.resolve(NAME);
        synchronized (OWN) {
            try {
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    return false;
                }
                if (OWN.contains(run.toRealPath().resolve(NAME))) {
                    return true;
                }
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                        FileLock shared = channel.tryLock(0, Long.MAX_VALUE, true)) {
                    return shared == null;
                }
            } catch (OverlappingFileLockException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    @Override
    public void close() {
        synchronized (OWN) {
            try {
                channel.close();
            } catch (IOException e) {
                // It is free when the process ends, at the latest.
            }
            OWN.remove(file);
        }
    }
}
