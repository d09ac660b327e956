package org.thalweg.dashboard.watch;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that may be anybody's: ordinary ones alone, no symbolic links, no pipes, and never too much of them at once. */
final class SafeFiles {
    /** Far above what a run writes, and little enough to be read at once. */
    private static final long LARGEST_DOCUMENT = 1 << 24;

    private SafeFiles() {}

    /** What the file system tells about an ordinary file; nothing where there is none. */
    static Optional<BasicFileAttributes> attributes(Path file) {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
                    .filter(BasicFileAttributes::isRegularFile);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Opens an ordinary file; even one that becomes a link in this moment is not followed. */
    static SeekableByteChannel open(Path file) throws IOException {
        return Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** A JSON object from a file; an empty one where there is none, or none that can be read. */
    static JsonNode document(Path file) {
        JsonNode nothing = JsonMapper.shared().createObjectNode();
        if (attributes(file).filter(it -> it.size() <= LARGEST_DOCUMENT).isEmpty()) {
            return nothing;
        }
        try (SeekableByteChannel channel = open(file)) {
            byte[] text = new byte[(int) Math.min(channel.size(), LARGEST_DOCUMENT)];
            int length = Channels.newInputStream(channel).readNBytes(text, 0, text.length);
            return object(text, 0, length).orElse(nothing);
        } catch (IOException e) {
            return nothing;
        }
    }

    /** A JSON object from bytes, if they are one. */
    static Optional<JsonNode> object(byte[] bytes, int from, int to) {
        try {
            return Optional.of(JsonMapper.shared().readTree(bytes, from, to - from))
                    .filter(JsonNode::isObject);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
