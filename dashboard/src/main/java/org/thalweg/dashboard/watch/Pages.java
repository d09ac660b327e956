package org.thalweg.dashboard.watch;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The pages and pictures in a folder that may be opened. Only what is listed opens, by exactly the name it is listed with, so
 * that no name leads anywhere else.
 *
 * @param folder need not be there
 * @param depth 1 for the files in it alone, 2 for those in its folders as well
 */
public record Pages(Path folder, int depth) {
    private static final int MOST = 500;

    /** The pages in a folder. */
    public static Pages of(Path folder, int depth) {
        return new Pages(folder, depth);
    }

    /** Names, with their folder if they have one, in order: pages first, then pictures. */
    public List<String> list() {
        List<String> names = new ArrayList<>();
        collect(folder, "", depth, names);
        names.sort((one, other) -> isPicture(one) == isPicture(other)
                ? one.compareTo(other)
                : Boolean.compare(isPicture(one), isPicture(other)));
        return names;
    }

    private static void collect(Path folder, String prefix, int depth, List<String> names) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = prefix + entry.getFileName();
                if (names.size() == MOST) {
                    return;
                }
                if (isPage(name) || isPicture(name)) {
                    SafeFiles.attributes(entry).ifPresent(_ -> names.add(name));
                } else if (depth > 1 && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    collect(entry, name + "/", depth - 1, names);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No folder, or none that may be read: nothing can be opened.
        }
    }

    /** Whether a name is a page's. */
    public static boolean isPage(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".html");
    }

    private static boolean isPicture(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(".png");
    }

    /**
     * The content of a page or picture.
     *
     * @return nothing if it is not listed
     * @throws IOException if it cannot be read
     */
    public Optional<byte[]> read(String name) throws IOException {
        if (!list().contains(name)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel = SafeFiles.open(folder.resolve(name))) {
            return Optional.of(Channels.newInputStream(channel).readAllBytes());
        }
    }
}
