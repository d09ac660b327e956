package org.thalweg.lab.landscape;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import org.thalweg.train.Score;
import org.thalweg.train.curvature.MeanLoss;

/**
 * Takes the scores at many places, each of which is saved as soon as it is known, so that a survey that was stopped goes on where
 * it was.
 *
 * @param folder where points are saved, in a file of each landscape's own
 * @param stop is asked before each point
 * @param progress is told how many points there are so far
 */
public record Survey(Path folder, BooleanSupplier stop, IntConsumer progress) {
    /** A survey was stopped, as was asked for, and what there is was saved. */
    public static final class Stopped extends CancellationException {
        private static final long serialVersionUID = 1;

        Stopped(int done, int all) {
            super("stopped at %,d of %,d points, which are saved; the same command goes on".formatted(done, all));
        }
    }

    /** One that is not stopped and tells nobody. */
    public Survey(Path folder) {
        this(folder, () -> false, _ -> {});
    }

    /**
     * Takes the scores.
     *
     * @param loss of the network that the places are of, whose weights are as before afterwards
     * @param count how many places
     * @param at each of them, by number from 0
     * @param kind what the file's name begins with
     * @param settings everything that the scores depend on
     * @throws Stopped if it was stopped
     */
    List<Score> scores(
            MeanLoss loss, Place place, int count, IntFunction<float[]> at, String kind, Map<String, Object> settings) {
        float[] before = place.read();
        try (PointsFile file = new PointsFile(folder.resolve(fileName(kind, settings)), settings)) {
            Map<Integer, Score> known = file.points();
            List<Score> scores = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Score score = known.get(i);
                if (score == null) {
                    if (stop.getAsBoolean()) {
                        throw new Stopped(Math.max(i, known.size()), count);
                    }
                    place.write(at.apply(i));
                    score = loss.score();
                    file.add(i, score);
                }
                scores.add(score);
                progress.accept(i + 1);
            }
            return scores;
        } finally {
            place.write(before);
        }
    }

    private static String fileName(String kind, Map<String, Object> settings) {
        CRC32C sum = new CRC32C();
        sum.update(settings.toString().getBytes(StandardCharsets.UTF_8));
        return "%s-%08x.jsonl".formatted(kind, sum.getValue());
    }

    /** Numbers in a few letters. */
    static String checksum(float[] numbers) {
        CRC32C sum = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        for (float number : numbers) {
            if (!bytes.hasRemaining()) {
                sum.update(bytes.flip());
                bytes.clear();
            }
            bytes.putFloat(number);
        }
        sum.update(bytes.flip());
        return "%08x".formatted(sum.getValue());
    }
}
