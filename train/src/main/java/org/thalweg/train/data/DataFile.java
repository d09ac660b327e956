package org.thalweg.train.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file's bytes: in memory, but for large plain files, which stay on disk and are mapped. */
final class DataFile {
    /** Files up to this size are read at once: then nobody who changes them disturbs a run. */
    private static final long LARGEST_READ = 1 << 26;

    private static final int BUFFER = 1 << 16;

    /** Of the heap, one part in so many may be a file that is unpacked; twice that is needed on the way. */
    private static final int UNPACKED_SHARE = 4;

    private DataFile() {}

    /** Reads from the beginning of a file, or of what a gzipped file holds. */
    interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * All of a file's bytes.
     *
     * @throws DataException if it cannot be read, is damaged, or unpacks to more than a quarter of the heap, or 2 GiB
     */
    static MemorySegment bytes(Path path) {
        requireFile(path);
        return isZipped(path) ? unpacked(path) : plain(path);
    }

    /** Opens a file, unpacks it where it is gzipped, and reads from it. */
    static <T> T read(Path path, Reader<T> reader) {
        requireFile(path);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
                InputStream in = isZipped(path) ? new GZIPInputStream(raw, BUFFER) : raw) {
            return reader.read(in);
        } catch (IOException e) {
            throw failure(path.toString(), e);
        }
    }

    /** Unpacks a gzipped stream that is part of the application. */
    static <T> T resource(String name, Reader<T> reader) {
        try (InputStream raw = DataFile.class.getResourceAsStream(name)) {
            if (raw == null) {
                throw new DataException("%s is missing from the application; build it again".formatted(name));
            }
            try (InputStream in = new GZIPInputStream(raw, BUFFER)) {
                return reader.read(in);
            }
        } catch (IOException e) {
            throw failure(name, e);
        }
    }

    static DataException failure(String source, IOException e) {
        boolean damaged = e instanceof ZipException || e instanceof EOFException;
        return new DataException(
                damaged
                        ? "%s is damaged: its gzip data is broken or cut short (%s); get it again"
                                .formatted(source, e.getMessage())
                        : "%s cannot be read: %s".formatted(source, e),
                e);
    }

    private static void requireFile(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new DataException(
                    Files.exists(path) ? "%s is not a file".formatted(path) : "there is no file %s".formatted(path));
        }
    }

    private static boolean isZipped(Path path) {
        try (InputStream raw = Files.newInputStream(path)) {
            byte[] magic = raw.readNBytes(2);
            return magic.length == 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B;
        } catch (IOException e) {
            throw failure(path.toString(), e);
        }
    }

    private static MemorySegment plain(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > LARGEST_READ) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            }
            return MemorySegment.ofArray(Channels.newInputStream(channel).readAllBytes());
        } catch (IOException e) {
            throw failure(path.toString(), e);
        }
    }

    /** For what Java throws where a mapped page can no longer be read. */
    static DataException vanished(String source, InternalError e) {
        return new DataException(
                "%s has changed or vanished while it was in use; put it back, and start again".formatted(source), e);
    }

    private static MemorySegment unpacked(Path path) {
        int most = (int) Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / UNPACKED_SHARE);
        byte[] bytes = read(path, in -> in.readNBytes(most));
        if (bytes.length == most) {
            throw new DataException(
                    "%s, offset %d: it goes on, but more of a gzipped file is not held in memory; unpack it with gunzip first"
                            .formatted(path, most));
        }
        return MemorySegment.ofArray(bytes);
    }
}
