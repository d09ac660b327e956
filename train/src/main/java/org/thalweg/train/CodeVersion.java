package org.thalweg.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.thalweg.optim.Optimizer;

/** The code that trains, in a few letters: builds of one version may differ. */
final class CodeVersion {
    private CodeVersion() {}

    /** Of the modules that compute; equal code has equal letters. */
    static String here() {
        CRC32C sum = new CRC32C();
        Stream.of(Optimizer.class, CodeVersion.class)
                .flatMap(of -> place(of).stream())
                .forEach(place -> add(sum, place));
        return "%08x".formatted(sum.getValue());
    }

    /** The jar or the folder that a class comes from, where that can be told. */
    private static Optional<Path> place(Class<?> of) {
        return Optional.ofNullable(of.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .filter(url -> url.getProtocol().equals("file"))
                .map(url -> {
                    try {
                        return Path.of(url.toURI());
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static void add(CRC32C sum, Path place) {
        try (Stream<Path> found = Files.walk(place)) {
            List<Path> files = found.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                sum.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
