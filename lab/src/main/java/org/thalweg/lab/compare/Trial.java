package org.thalweg.lab.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.thalweg.train.Score;
import org.thalweg.train.run.Document;

/**
 * What came of a trial.
 *
 * @param what was tried
 * @param curve scores on the way and at the end; the last one is what tuning chooses by
 * @param test the score on the test part at the end of a final run; where that has diverged, that of its first weights
 * @param divergedAt the step after which numbers were no longer finite, if it has diverged
 * @param seconds of all steps, without scores
 * @param scoreSeconds of a validation score
 * @param place where it ran
 */
public record Trial(
        Assignment what,
        List<Point> curve,
        Optional<Score> test,
        OptionalLong divergedAt,
        double seconds,
        double scoreSeconds,
        Place place) {
    public Trial {
        curve = List.copyOf(curve);
    }

    /**
     * A score on the way.
     *
     * @param step how many were made
     * @param seconds that they took
     * @param loss mean over the batches since the point before; NaN before the first step
     * @param validation on the validation part
     */
    public record Point(long step, double seconds, double loss, Score validation) {
        Map<String, Object> json() {
            return Document.fields(
                    "step", step, "seconds", seconds, "loss", loss, "validation", Trial.json(validation));
        }

        static Point read(Document json) {
            return new Point(
                    json.count("step"), json.number("seconds"), json.number("loss"), score(json.object("validation")));
        }
    }

    /**
     * Where a trial ran; times are compared only of trials whose places are equal.
     *
     * @param threads it computed with
     * @param jobs processes that ran trials beside each other
     */
    public record Place(int threads, int jobs) {}

    /** Whether its numbers left the finite range. */
    public boolean diverged() {
        return divergedAt.isPresent();
    }

    /** What tuning chooses by, the smaller the better; infinite if it has diverged. */
    public double validated(Measure measure) {
        return diverged()
                ? Double.POSITIVE_INFINITY
                : measure.of(curve.getLast().validation());
    }

    /** What a final run is judged by. */
    public double tested(Measure measure) {
        return measure.of(test.orElseThrow());
    }

    /** The first point after a step at which the measure was as small as asked; none if it never was, or no number was asked for. */
    public Optional<Point> reached(Measure measure, double target) {
        return curve.stream()
                .filter(point -> point.step() > 0 && Double.isFinite(target))
                .filter(point -> measure.of(point.validation()) <= target)
                .findFirst();
    }

    /** Mean time of a step, in seconds; none if none was made. */
    public OptionalDouble stepSeconds() {
        long steps = divergedAt.orElse(what.steps());
        return steps == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds / steps);
    }

    SequencedMap<String, Object> json() {
        SequencedMap<String, Object> json = what.json();
        json.put("curve", curve.stream().map(Point::json).toList());
        test.ifPresent(score -> json.put("test", json(score)));
        divergedAt.ifPresent(step -> json.put("divergedAt", step));
        json.put("seconds", seconds);
        json.put("scoreSeconds", scoreSeconds);
        json.put("threads", place.threads());
        json.put("jobs", place.jobs());
        return json;
    }

    /** Whether a line is a trial's. */
    static boolean isOne(Document json) {
        return json.has("phase");
    }

    static Trial read(Document json) {
        return new Trial(
                Assignment.read(json),
                json.list("curve").stream().map(Point::read).toList(),
                json.optional("test").map(Trial::score),
                json.has("divergedAt") ? OptionalLong.of(json.count("divergedAt")) : OptionalLong.empty(),
                json.number("seconds"),
                json.number("scoreSeconds"),
                new Place((int) json.whole("threads", 1, Integer.MAX_VALUE), (int)
                        json.whole("jobs", 1, Integer.MAX_VALUE)));
    }

    private static Map<String, Object> json(Score score) {
        return Document.fields("loss", score.loss(), "metrics", score.metrics());
    }

    private static Score score(Document json) {
        return new Score(json.number("loss"), json.object("metrics").numbers());
    }
}
