package org.thalweg.train.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A file that grows while a run goes on, and goes back to an earlier length when the run does. */
public final class AppendedFile implements AutoCloseable {
    private final Path path;

    // Not a channel: those are closed when the thread is interrupted, and the last line is written after that.
    private final RandomAccessFile file;

    AppendedFile(Path path) {
        this.path = path;
        try {
            this.file = new RandomAccessFile(path.toFile(), "rw");
            file.seek(file.length());
        } catch (IOException e) {
            throw Disk.failure(path, e);
        }
    }

    /**
     * Adds bytes in one write, so that a process that is killed leaves all of them or, at the very end, a part.
     *
     * @throws RunException if that fails; the file is as it was then
     */
    public void append(byte[] bytes) {
        try {
            long before = file.length();
            try {
                file.write(bytes);
            } catch (IOException e) {
                file.setLength(before);
                throw e;
            }
        } catch (IOException e) {
            throw Disk.failure(path, e);
        }
    }

    /** Whether nothing is in it. */
    public boolean isEmpty() {
        return length() == 0;
    }

    /** Bytes so far. */
    long length() {
        try {
            return file.length();
        } catch (IOException e) {
            throw Disk.failure(path, e);
        }
    }

    /** Takes back what was added since the file had that length. */
    void cut(long length) {
        try {
            file.setLength(Math.min(length, file.length()));
            file.seek(file.length());
        } catch (IOException e) {
            throw Disk.failure(path, e);
        }
    }

    /** Waits until all of it is on the disk. */
    void sync() {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw Disk.failure(path, e);
        }
    }

    @Override
    public void close() {
        try (file) {
            file.getFD().sync();
        } catch (IOException e) {
            throw Disk.failure(path, e);
        }
    }
}
