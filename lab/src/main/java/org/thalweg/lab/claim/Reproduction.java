package org.thalweg.lab.claim;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.thalweg.lab.svg.Plate;
import org.thalweg.train.run.Document;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries claims. Every seed's measurement is kept in a file as soon as it is there: what was interrupted goes on behind the last one, and a
 * claim whose own code has not changed since is not measured again.
 *
 * @param folder of the measurements and pages
 * @param extent the scale; measurements of another one do not count
 * @param firstSeed the others follow it
 * @param seeds how many of them, if not as many as the claim says
 */
public record Reproduction(Path folder, Trial.Extent extent, long firstSeed, Optional<Integer> seeds) {
    public Reproduction {
        if (seeds.isPresent() && seeds.get() < 1) {
            throw new IllegalArgumentException("a claim is tried with 1 seed or more, not " + seeds.get());
        }
    }

    /**
     * What came of a claim.
     *
     * @param seconds that all its measurements took, whenever they were made
     */
    public record Result(
            Statement statement, List<Long> seeds, Exhibit exhibit, Verdict verdict, double seconds, Path page) {
        /** The page's charts alone, as SVG, if it has any. */
        Path picture() {
            return page.resolveSibling(statement.id() + ".svg");
        }
    }

    private record Kept<M>(M measured, double seconds) {}

    /**
     * Measures what is not measured yet, judges, and writes the page.
     *
     * @throws IllegalArgumentException if the folder cannot be made
     * @throws java.util.concurrent.CancellationException if the watcher asks for the end; what was measured is kept
     */
    public <M extends Record> Result of(Claim<M> claim, Watcher watcher) {
        makeFolder();
        Statement statement = claim.statement();
        List<Long> wanted = LongStream.range(firstSeed, firstSeed + seeds.orElse(claim.seeds()))
                .boxed()
                .toList();
        String code = code(claim.getClass());
        List<M> measured = new ArrayList<>();
        double seconds = 0;
        for (long seed : wanted) {
            Watcher of = watcher.under(
                    "%s, seed %d of %d to %d: ".formatted(statement.id(), seed, firstSeed, wanted.getLast()));
            Path file = folder.resolve(statement.id())
                    .resolve("%sseed-%d.json".formatted(extent == Trial.Extent.FULL ? "" : "quick-", seed));
            Kept<M> kept = read(file, claim, code).orElseGet(() -> measure(claim, seed, file, code, of));
            measured.add(kept.measured());
            seconds += kept.seconds();
        }
        Path page = folder.resolve(statement.id() + ".html");
        Result result = new Result(statement, wanted, claim.exhibit(measured), claim.judge(measured), seconds, page);
        ClaimPage.of(result, extent).write(page);
        Plate plate = new Plate(result.exhibit().charts());
        if (!plate.isEmpty()) {
            plate.write(result.picture());
        }
        return result;
    }

    private void makeFolder() {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(folder + " is a file: name a folder for pages and measurements", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder %s cannot be made: name another one".formatted(folder), e);
        }
    }

    private <M extends Record> Kept<M> measure(Claim<M> claim, long seed, Path file, String code, Watcher watcher) {
        Path work = file.resolveSibling("work-%d".formatted(seed));
        remove(work); // what an interrupted trial left
        long began = System.nanoTime();
        M measured;
        try {
            measured = claim.measure(new Trial(seed, extent, work, watcher));
        } finally {
            remove(work);
        }
        Kept<M> kept = new Kept<>(measured, (System.nanoTime() - began) / 1e9);
        write(
                file,
                JsonMapper.shared()
                        .writeValueAsString(
                                Document.fields("code", code, "seconds", kept.seconds(), "measured", measured)));
        return kept;
    }

    /** What is kept, if it is whole and of the same code. */
    private static <M extends Record> Optional<Kept<M>> read(Path file, Claim<M> claim, String code) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JsonMapper.shared().readTree(Files.readAllBytes(file));
            if (!json.path("code").asString("").equals(code)) {
                return Optional.empty();
            }
            M measured = JsonMapper.shared().treeToValue(json.path("measured"), claim.measurement());
            return Optional.of(new Kept<>(measured, json.path("seconds").asDouble()));
        } catch (JacksonException e) {
            return Optional.empty(); // damaged: measured again
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** A few letters that change with the code of a claim and of what is declared inside it. */
    private static String code(Class<?> claim) {
        CRC32C sum = new CRC32C();
        add(sum, claim);
        return "%08x".formatted(sum.getValue());
    }

    private static void add(CRC32C sum, Class<?> of) {
        String name = of.getName().substring(of.getPackageName().length() + 1) + ".class";
        try (InputStream bytes = Objects.requireNonNull(of.getResourceAsStream(name), name)) {
            sum.update(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Stream.of(of.getDeclaredClasses())
                .sorted(Comparator.comparing(Class::getName))
                .forEach(inner -> add(sum, inner));
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Path whole =
                    Files.writeString(file.resolveSibling(file.getFileName() + ".part"), text, StandardCharsets.UTF_8);
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed: %s".formatted(folder, e.getMessage()), e);
        }
    }
}
