package org.thalweg.lab.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Corpus;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.ready.Models;

/**
 * A training whose steps are timed, in this process or, told by its arguments, in another.
 *
 * @param batch examples in a step, of all workers together
 * @param steps that count in each process, at least 1
 */
public record TimedTraining(String data, Optional<Path> dataDirectory, String model, Rule rule, int batch, int steps) {
    private static final double RATE = 1e-3;
    private static final int ARGUMENTS = 6;

    public TimedTraining {
        if (steps < 1) {
            throw new IllegalArgumentException("steps must be 1 or more");
        }
    }

    /** What it trains on. */
    Dataset dataset() {
        return Dataset.of(Corpus.load(data, dataDirectory), new Split(1));
    }

    /** How it trains on that. */
    TrainingConfig config(Dataset dataset) {
        Model wanted = Models.named(model, dataset.shape(), dataset.task());
        return new TrainingConfig(wanted, rule, Schedule.constant(RATE), 1, batch, 1).with(wanted.loss(dataset.task()));
    }

    /** The words that tell a measuring process about it. */
    List<String> arguments() {
        return List.of(
                data,
                dataDirectory.map(Path::toString).orElse(""),
                model,
                Rules.format(rule),
                Integer.toString(batch),
                Integer.toString(steps));
    }

    /** What the first of a measuring process's words tell. */
    static TimedTraining of(String[] words) {
        return new TimedTraining(
                words[0],
                Optional.of(words[1]).filter(text -> !text.isEmpty()).map(Path::of),
                words[2],
                Rules.parse(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]));
    }

    /** The words that follow those. */
    static List<String> rest(String[] words) {
        return List.of(words).subList(ARGUMENTS, words.length);
    }
}
