package org.thalweg.train.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.train.data.DataException;

/** The SHA-256 of each file in a folder, in a file that {@code sha256sum -c} reads as well. */
final class Checksums {
    private static final String NAME = "SHA256SUMS";
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S{1,100})");
    private static final long LARGEST = 1 << 14;

    private final Path folder;
    private final Map<String, String> sums = new LinkedHashMap<>();

    Checksums(Path folder) {
        this.folder = folder;
    }

    /** Writes a file, forced to the disk, and remembers its sum. */
    void write(String name, Disk.Content content) throws IOException {
        MessageDigest digest = digest();
        Disk.write(folder.resolve(name), out -> content.writeTo(new DigestOutputStream(out, digest)));
        sums.put(name, HexFormat.of().formatHex(digest.digest()));
    }

    /** Writes the sums. */
    void finish() throws IOException {
        StringBuilder text = new StringBuilder();
        sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        Disk.write(folder.resolve(NAME), out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The files that a folder's sums name, all of them proven.
     *
     * @param known the only names that are followed
     * @throws DataException if a file or the list of them is missing, damaged or not known
     */
    static Set<String> verified(Path folder, Set<String> known) {
        Map<String, String> sums = read(folder, known);
        sums.forEach((name, sum) -> {
            Path file = folder.resolve(name);
            if (!sum(file).equals(sum)) {
                throw new DataException("%s is damaged: its checksum is not the one in %s".formatted(file, NAME));
            }
        });
        return sums.keySet();
    }

    private static Map<String, String> read(Path folder, Set<String> known) {
        Path file = folder.resolve(NAME);
        try {
            if (Files.size(file) > LARGEST) {
                throw new DataException(
                        "%s has %,d bytes: that is no list of checksums".formatted(file, Files.size(file)));
            }
            Map<String, String> sums = new LinkedHashMap<>();
            int number = 0;
            for (String line : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList()) {
                number++;
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()
                        || !known.contains(matcher.group(2))
                        || sums.put(matcher.group(2), matcher.group(1)) != null) {
                    throw new DataException(
                            "%s, line %d: this is no checksum of a file in a checkpoint".formatted(file, number));
                }
            }
            return sums;
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, Disk.reason(e)), e);
        }
    }

    private static String sum(Path file) {
        MessageDigest digest = digest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            byte[] block = new byte[1 << 16];
            while (in.read(block) >= 0) {
                // The digest sees what is read.
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new DataException("%s cannot be read: %s".formatted(file, Disk.reason(e)), e);
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
