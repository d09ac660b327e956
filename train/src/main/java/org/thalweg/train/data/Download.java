package org.thalweg.train.data;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.thalweg.optim.text.Names;

/**
 * Fetches published data to where it is looked for. What arrives is checked to be what was published before it gets its name, so that
 * a download that is cut short or tampered with leaves nothing behind.
 */
public final class Download {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** More than any of the files takes, packed or not. */
    private static final long MOST_BYTES = 1L << 29;

    private final Published data;
    private final Path folder;
    private final Listener listener;
    private final Duration patience;

    /** Told while data comes in. */
    public interface Listener {
        /**
         * Some of a file has arrived.
         *
         * @param bytes of it, so far
         * @param of how many, if the server tells
         */
        void received(String file, long bytes, Optional<Long> of);
    }

    Download(Published data, Path folder, Listener listener, Duration patience) {
        this.data = data;
        this.folder = folder;
        this.listener = listener;
        this.patience = patience;
    }

    /**
     * Fetches what is not there yet.
     *
     * @param name {@code mnist}, {@code fashion-mnist}, {@code cifar-10} or {@code cifar-100}
     * @param directory where to put a folder of that name; otherwise the user's cache
     * @return the folder
     * @throws IllegalArgumentException if there is nothing to fetch of that name
     * @throws DataException if no server has the files as they were published, or they cannot be written
     */
    public static Path fetch(String name, Optional<Path> directory, Listener listener) {
        Published data = Optional.ofNullable(Published.READY.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        Names.unknown("data to download", name, List.copyOf(Published.READY.keySet()))));
        Path folder = directory
                .map(path -> path.resolve(name))
                .orElseGet(() -> IdxCorpus.places(name, directory).getFirst());
        new Download(data, folder, listener, PATIENCE).run();
        return folder;
    }

    /** Fetches what is not there yet. */
    void run() {
        try {
            Files.createDirectories(folder);
            for (Published.Item item : data.files()) {
                if (!isThere(item)) {
                    fetch(item);
                }
            }
        } catch (IOException e) {
            throw new DataException("%s cannot be written: %s".formatted(folder, e), e);
        }
    }

    private boolean isThere(Published.Item item) {
        return switch (item) {
            case Published.Zipped(String file, String _) -> Files.exists(folder.resolve(file));
            case Published.Archive archive ->
                archive.members().stream().allMatch(member -> Files.exists(folder.resolve(member)));
        };
    }

    private void fetch(Published.Item item) throws IOException {
        Path draft = draft(item.file());
        try {
            receive(item, draft);
            switch (item) {
                case Published.Zipped zipped -> settle(draft, zipped.file());
                case Published.Archive archive -> unpack(draft, archive);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Tries one source after the other. */
    private void receive(Published.Item item, Path draft) throws IOException {
        List<String> failures = new ArrayList<>();
        for (URI source : data.sources()) {
            URI from = source.resolve(item.file());
            Optional<String> failure = receive(item, from, draft);
            if (failure.isEmpty()) {
                return;
            }
            failures.add("%s: %s".formatted(from, failure.get()));
        }
        throw new DataException("%s could not be downloaded (%s); try again later, or put the files into %s yourself"
                .formatted(data.name(), String.join("; ", failures), folder));
    }

    private Optional<String> receive(Published.Item item, URI from, Path draft) throws IOException {
        try (InputStream in = open(item.file(), from)) {
            Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            if (Files.getFileStore(folder).getUsableSpace() < 1 << 20) {
                throw e; // no other source helps where the disk is full
            }
            return Optional.of(e.toString());
        }
        String sum = sum(item, draft);
        return sum.equals(item.sum())
                ? Optional.empty()
                : Optional.of("it is not the published file (its sum is %s)".formatted(sum));
    }

    private InputStream open(String file, URI from) throws IOException {
        URLConnection connection = from.toURL().openConnection();
        connection.setConnectTimeout(Math.toIntExact(patience.toMillis()));
        connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
        if (connection instanceof HttpURLConnection http && http.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("the server answers %d".formatted(http.getResponseCode()));
        }
        long length = connection.getContentLengthLong();
        return new Counted(connection.getInputStream(), file, length < 0 ? Optional.empty() : Optional.of(length));
    }

    /** Of the content or of the file, as its publisher tells; what is no gzip has a sum that fits nothing. */
    private static String sum(Published.Item item, Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file)) {
            return switch (item) {
                case Published.Zipped _ -> sum("SHA-256", new GZIPInputStream(raw));
                case Published.Archive _ -> sum("MD5", raw);
            };
        } catch (ZipException | EOFException e) {
            return "none: " + e.getMessage();
        }
    }

    private static String sum(String algorithm, InputStream in) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** Takes out the files that are known by name, whatever folder the archive has them in. */
    private void unpack(Path draft, Published.Archive archive) throws IOException {
        Set<String> missing = new HashSet<>(archive.members());
        try (InputStream raw = Files.newInputStream(draft);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (isPlain(entry) && missing.remove(name)) {
                    Path member = draft(name);
                    Files.copy(tar, member, StandardCopyOption.REPLACE_EXISTING);
                    settle(member, name);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new DataException("%s holds no %s".formatted(archive.file(), String.join(", ", missing)));
        }
    }

    /** Neither a folder nor a link, whatever that would lead to. */
    private static boolean isPlain(TarArchiveEntry entry) {
        return entry.isFile() && !entry.isSymbolicLink() && !entry.isLink();
    }

    /** Of this process alone, should another one fetch the same. */
    private Path draft(String file) {
        return folder.resolve(
                "%s.%d.part".formatted(file, ProcessHandle.current().pid()));
    }

    private void settle(Path draft, String file) throws IOException {
        Files.move(draft, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Tells how much has come, and ends what never ends. */
    private final class Counted extends FilterInputStream {
        private final String file;
        private final Optional<Long> length;
        private long count;

        Counted(InputStream in, String file, Optional<Long> length) {
            super(in);
            this.file = file;
            this.length = length;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? -1 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int most) throws IOException {
            int some = super.read(bytes, offset, most);
            count(some);
            return some;
        }

        private void count(int some) throws IOException {
            if (some < 0) {
                if (length.isPresent() && count < length.get()) {
                    throw new IOException("the connection ended after %,d of %,d bytes".formatted(count, length.get()));
                }
                return;
            }
            count += some;
            if (count > MOST_BYTES) {
                throw new IOException("the server sends more than %,d bytes".formatted(MOST_BYTES));
            }
            listener.received(file, count, length);
        }
    }
}
