package org.thalweg.train;

import org.thalweg.optim.Exemption;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Model;

/**
 * What a training run does with its data.
 *
 * @param model what is trained
 * @param rule how gradients become updates
 * @param schedule the learning rate at each step; a {@link org.thalweg.optim.schedule.ReduceOnPlateau} is fed after each epoch
 *     with the loss, on the validation part if there is one, or with the accuracy there
 * @param loss what is made small; it must suit the data's task
 * @param epochs passes over the training part, at least 1
 * @param batch examples in a step, from 1 to all of the training part
 * @param seed of the first weights, of the order of the examples and of dropout
 * @param extras what is around the rule's step
 * @param course how the run goes from its first step to its last
 * @param sharing how several workers share its work
 */
public record TrainingConfig(
        Model model,
        Rule rule,
        Schedule schedule,
        Loss loss,
        int epochs,
        int batch,
        long seed,
        Extras extras,
        Course course,
        Sharing sharing) {
    public TrainingConfig {
        if (epochs < 1) {
            throw new IllegalArgumentException("the number of epochs must be at least 1, but is " + epochs);
        }
        if (batch < 1) {
            throw new IllegalArgumentException("the batch size must be at least 1, but is " + batch);
        }
        if (extras.exempt()) {
            Exemption.exempted(rule); // refuses a rule that cannot do without
        }
    }

    /** Shared plainly, if at all. */
    public TrainingConfig(
            Model model,
            Rule rule,
            Schedule schedule,
            Loss loss,
            int epochs,
            int batch,
            long seed,
            Extras extras,
            Course course) {
        this(model, rule, schedule, loss, epochs, batch, seed, extras, course, Sharing.PLAIN);
    }

    /** Cross-entropy, and the rule's step alone. */
    public TrainingConfig(Model model, Rule rule, Schedule schedule, int epochs, int batch, long seed) {
        this(model, rule, schedule, new CrossEntropy(), epochs, batch, seed, Extras.NONE, Course.PLAIN);
    }

    /** The same with another schedule. */
    public TrainingConfig with(Schedule wanted) {
        return new TrainingConfig(model, rule, wanted, loss, epochs, batch, seed, extras, course, sharing);
    }

    /** The same with another loss. */
    public TrainingConfig with(Loss wanted) {
        return new TrainingConfig(model, rule, schedule, wanted, epochs, batch, seed, extras, course, sharing);
    }

    /** The same with other extras. */
    public TrainingConfig with(Extras wanted) {
        return new TrainingConfig(model, rule, schedule, loss, epochs, batch, seed, wanted, course, sharing);
    }

    /** The same on another course. */
    public TrainingConfig with(Course wanted) {
        return new TrainingConfig(model, rule, schedule, loss, epochs, batch, seed, extras, wanted, sharing);
    }

    /** The same, shared otherwise. */
    public TrainingConfig with(Sharing wanted) {
        return new TrainingConfig(model, rule, schedule, loss, epochs, batch, seed, extras, course, wanted);
    }

    /** The same for another number of epochs. */
    public TrainingConfig lasting(int wanted) {
        return new TrainingConfig(model, rule, schedule, loss, wanted, batch, seed, extras, course, sharing);
    }

    /** Updates in the whole run on the given data, if none is skipped: whole batches of the training part in each epoch. */
    public long steps(Dataset data) {
        return sizes().over(data.train().count(), epochs).batches();
    }

    BatchSizes sizes() {
        return new BatchSizes(batch, course.batches(), course.keepLast());
    }
}
