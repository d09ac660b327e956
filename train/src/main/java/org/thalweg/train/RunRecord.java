package org.thalweg.train;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.thalweg.optim.rule.Rules;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Plan;
import org.thalweg.train.run.RunDirectory;

/** Keeps the books of one run: times, means, and the lines that go to the run's directory and to the listener. */
final class RunRecord {
    /** Steps between two lines about steps. */
    private static final int STEPS_PER_LINE = 10;

    private final RunDirectory run;
    private final TrainingListener listener;
    private final StepTimes times = new StepTimes();
    private long steps;
    private long skipped;
    private long began;
    private long stepBegan;
    private double epochLosses;
    private long epochSteps;
    private double trainLoss = Double.NaN;
    private Score test = new Score(Double.NaN, Double.NaN);

    RunRecord(RunDirectory run, TrainingListener listener) {
        this.run = run;
        this.listener = listener;
    }

    void start(TrainingConfig config, Dataset data, Plan plan, Engine engine) {
        run.config(ConfigJson.of(config, data, plan, engine));
        listener.started(run.path(), plan, config.steps(data));
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

    EpochMetrics epoch(int epoch, Optional<Score> validation, Score tested) {
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
        run.metrics(line);
        listener.epochEnded(metrics);
        stepBegan = System.nanoTime();
        return metrics;
    }

    void failed(long completed, RuntimeException failure) {
        run.metrics(line(
                "failure",
                "step",
                completed,
                "message",
                String.valueOf(failure.getMessage()),
                "at",
                Instant.now().toString()));
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
        json.put("seconds", result.seconds());
        json.put("medianStepMillis", result.medianStepMillis());
        json.put("trainLoss", result.trainLoss());
        json.put("testLoss", result.testLoss());
        json.put("testAccuracy", result.testAccuracy());
        run.result(json);
    }

    TrainingResult result(TrainingConfig config, Plan plan) {
        return new TrainingResult(
                run.path(),
                Rules.format(config.rule()),
                config.schedule().toString(),
                plan.parameters(),
                config.epochs(),
                steps,
                skipped,
                seconds(),
                times.median(),
                trainLoss,
                test.loss(),
                test.accuracy());
    }

    /** {@code testLoss}, {@code testAccuracy}, and so on. */
    private static void put(Map<String, Object> line, String part, Score score) {
        line.put(part + "Loss", score.loss());
        score.metrics().forEach((name, value) -> line.put(part + capitalised(name), value));
    }

    private static String capitalised(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private static Map<String, Object> line(String type, Object... pairs) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("type", type);
        for (int i = 0; i < pairs.length; i += 2) {
            line.put((String) pairs[i], pairs[i + 1]);
        }
        return line;
    }
}
