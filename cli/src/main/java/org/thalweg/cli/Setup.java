package org.thalweg.cli;

import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.Model;

/**
 * What is trained, on what, by which rule.
 *
 * @param recipe what is done with such data unless told otherwise
 * @param batch examples in a step
 */
record Setup(Dataset data, Recipe recipe, Model model, Rule rule, int batch, long seed) {
    /** A run of that, for the loss that the model is trained on. */
    TrainingConfig config(Rule changed, Schedule schedule, int epochs) {
        return new TrainingConfig(model, changed, schedule, epochs, batch, seed).with(model.loss(data.task()));
    }
}
