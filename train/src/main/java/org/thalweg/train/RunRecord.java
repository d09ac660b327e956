package org.thalweg.train;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.metrics.LayerStatistics;
import org.thalweg.train.model.Plan;
import org.thalweg.train.noise.GradientNorms;
import org.thalweg.train.noise.NoiseMeter;
import org.thalweg.train.noise.NoiseScale;
import org.thalweg.train.run.Document;
import org.thalweg.train.run.RunFiles;

/** Keeps the books of one run: times, means, and the lines that go to the run's directory and to the listener. */
final class RunRecord {
    /** Steps between two lines about steps. */
    private static final int STEPS_PER_LINE = 10;

    private final RunFiles run;
    private final TrainingListener listener;
    private final StepTimes times = new StepTimes();
    private final NoiseMeter noise = new NoiseMeter(NoiseMeter.WHILE_TRAINING);
    private long steps;
    private long skipped;
    private long restores;
    private double secondsBefore;
    private long began;
    private long stepBegan;
    private double epochLosses;
    private long epochSteps;
    private double trainLoss = Double.NaN;
    private Score test = new Score(Double.NaN, Double.NaN);

    RunRecord(RunFiles run, TrainingListener listener) {
        this.run = run;
        this.listener = listener;
    }

    /** Before the first step of this process. */
    void start() {
        began = System.nanoTime();
        stepBegan = began;
    }

    /** A step, or one that was skipped and has no loss. */
    void step(long step, int epoch, OptionalDouble loss, double rate) {
        if (loss.isPresent()) {
            made(step, epoch, loss.getAsDouble(), rate);
        } else {
            skipped++;
            run.metrics(line("skipped", "step", step, "epoch", epoch, "rate", rate));
        }
        stepBegan = System.nanoTime();
    }

    /**
     * The run has gone back to a checkpoint, and these books with it.
     *
     * @param restores how often it has, this time included
     */
    void wentBack(NonFiniteException failure, long to, long restores, double factor) {
        this.restores = restores;
        run.metrics(line(
                "restored",
                "step",
                failure.step(),
                "to",
                to,
                "restores",
                restores,
                "rateFactor",
                factor,
                "message",
                String.valueOf(failure.getMessage())));
        stepBegan = System.nanoTime();
    }

    long restores() {
        return restores;
    }

    private void made(long step, int epoch, double loss, double rate) {
        long now = System.nanoTime();
        StepMetrics metrics = new StepMetrics(step, epoch, loss, rate, (now - stepBegan) / 1e6);
        times.add(metrics.millis());
        steps++;
        epochLosses += loss;
        epochSteps++;
        if (step == 1 || step % STEPS_PER_LINE == 0) {
            run.metrics(
                    line("step", "step", step, "epoch", epoch, "loss", loss, "rate", rate, "millis", metrics.millis()));
        }
        listener.stepped(metrics);
    }

    void layers(LayerStatistics statistics) {
        run.metrics(statistics.json());
        listener.looked(statistics);
        stepBegan = System.nanoTime();
    }

    /** A step's batch has shown how much its parts differ. */
    void noise(long step, GradientNorms norms) {
        noise.add(norms);
        noise.scale().ifPresent(scale -> {
            Map<String, Object> line = line("noise", "step", step, "pieces", norms.pieces());
            line.putAll(scale.json());
            run.metrics(line);
            listener.noise(step, scale);
        });
        stepBegan = System.nanoTime();
    }

    /**
     * An epoch has ended.
     *
     * @param waited seconds that steps have waited for data since training began or went on
     */
    EpochMetrics epoch(int epoch, Optional<Score> validation, Score tested, double waited) {
        if (epochSteps > 0) {
            trainLoss = epochLosses / epochSteps;
        }
        test = tested;
        epochLosses = 0;
        epochSteps = 0;
        EpochMetrics metrics = new EpochMetrics(epoch, steps, trainLoss, validation, test, seconds());
        Map<String, Object> line = line("epoch", "epoch", epoch, "step", steps, "trainLoss", trainLoss);
        validation.ifPresent(score -> put(line, "validation", score));
        put(line, "test", test);
        line.put("seconds", metrics.seconds());
        line.put("dataWaitSeconds", waited);
        run.metrics(line);
        listener.epochEnded(metrics);
        stepBegan = System.nanoTime();
        return metrics;
    }

    /** Why the run ended before its end. */
    void ended(String type, long completed, RuntimeException failure) {
        run.metrics(line(
                type,
                "step",
                completed,
                "message",
                String.valueOf(failure.getMessage()),
                "at",
                Instant.now().toString()));
    }

    /** For a checkpoint. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("steps", steps);
        json.put("skipped", skipped);
        json.put("restores", restores);
        json.put("epochLosses", epochLosses);
        json.put("epochSteps", epochSteps);
        json.put("trainLoss", trainLoss);
        json.put("test", test.json());
        json.put("seconds", seconds());
        json.put("noise", noise.json());
        return json;
    }

    /** Takes over what a checkpoint says. */
    void restore(Document json) {
        steps = json.count("steps");
        skipped = json.count("skipped");
        restores = json.count("restores");
        epochLosses = json.number("epochLosses");
        epochSteps = json.count("epochSteps");
        trainLoss = json.number("trainLoss");
        test = Score.read(json.object("test"));
        secondsBefore = json.number("seconds");
        json.optional("noise").ifPresent(noise::restore);
    }

    void finish(TrainingResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", result.run().toString());
        json.put("rule", result.rule());
        json.put("schedule", result.schedule());
        json.put("parameters", result.parameters());
        json.put("epochs", result.epochs());
        json.put("steps", result.steps());
        json.put("skippedSteps", result.skippedSteps());
        json.put("restores", result.restores());
        json.put("seconds", result.seconds());
        json.put("medianStepMillis", result.medianStepMillis());
        json.put("trainLoss", result.trainLoss());
        json.put("testLoss", result.testLoss());
        json.put("testAccuracy", result.testAccuracy());
        result.bestEpoch().ifPresent(epoch -> json.put("bestEpoch", epoch));
        result.ensemble().ifPresent(score -> json.put("ensemble", score.json()));
        result.noise().ifPresent(scale -> json.put("noise", scale.json()));
        run.result(json);
    }

    /**
     * What came of it.
     *
     * @param epochs passes made
     * @param best the epoch whose weights are the answer, and their score, if that is not the last
     * @param ensemble the score of the snapshots together, if there are any
     */
    TrainingResult result(
            TrainingConfig config, Plan plan, int epochs, Optional<Chosen> best, Optional<Score> ensemble) {
        Score tested = best.map(Chosen::test).orElse(test);
        return new TrainingResult(
                run.path(),
                Rules.format(config.rule()),
                config.schedule().toString(),
                plan.parameters(),
                epochs,
                steps,
                skipped,
                restores,
                seconds(),
                times.median(),
                trainLoss,
                tested.loss(),
                tested.accuracy(),
                best.map(Chosen::epoch),
                ensemble,
                noise.scale());
    }

    /** The result of a run that is completed. */
    static TrainingResult result(Path run, Document json) {
        return new TrainingResult(
                run,
                json.text("rule"),
                json.text("schedule"),
                json.count("parameters"),
                (int) json.whole("epochs", 0, Integer.MAX_VALUE),
                json.count("steps"),
                json.count("skippedSteps"),
                json.count("restores"),
                json.number("seconds"),
                json.numberOrNan("medianStepMillis"),
                json.numberOrNan("trainLoss"),
                json.numberOrNan("testLoss"),
                json.numberOrNan("testAccuracy"),
                json.has("bestEpoch")
                        ? Optional.of((int) json.whole("bestEpoch", 1, Integer.MAX_VALUE))
                        : Optional.empty(),
                json.optional("ensemble").map(Score::read),
                json.optional("noise").map(NoiseScale::read));
    }

    /** An epoch that was chosen, and its score on the test part. */
    record Chosen(int epoch, Score test) {}

    /** {@code testLoss}, {@code testAccuracy}, and so on. */
    private static void put(Map<String, Object> line, String part, Score score) {
        line.put(part + "Loss", score.loss());
        score.metrics().forEach((name, value) -> line.put(part + capitalised(name), value));
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - began) / 1e9;
    }

    private static Map<String, Object> line(String type, Object... pairs) {
        Map<String, Object> line = Document.fields("type", type);
        line.putAll(Document.fields(pairs));
        return line;
    }
}
