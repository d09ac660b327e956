package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.thalweg.optim.Cost;
import org.thalweg.optim.Execution;
import org.thalweg.optim.Optimizer;
import org.thalweg.optim.OptimizerState;
import org.thalweg.optim.Parameter;
import org.thalweg.optim.StateFormat;
import org.thalweg.train.data.DataException;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.Plan;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.model.layer.JointStatistics;
import org.thalweg.train.run.Checkpoint;
import org.thalweg.train.run.Document;
import org.thalweg.train.worker.Workers;

/**
 * What learns in a run: the network, the optimizer, its schedule and what is around its step, all of which a checkpoint saves
 * and brings back together.
 */
record Learner(
        TrainingConfig config,
        Workers workers,
        ShardedState sharded,
        Network network,
        LiveSchedule schedule,
        Optimizer optimizer,
        TrainingStep step)
        implements AutoCloseable {

    static Learner build(TrainingConfig config, Dataset data, Plan plan, Engine engine, Workers workers) {
        LiveSchedule schedule = LiveSchedule.of(config.schedule(), data);
        Network network = Network.build(plan, config.seed(), joint(config.sharing(), workers));
        workers.fromLeader(network.memory());
        ShardedState sharded = ShardedState.of(network, workers, config.sharing());
        Execution execution = new Execution(engine.setup().threads(), Execution.Kernels.VECTOR, sharded.totals());
        Optimizer optimizer = Optimizer.of(
                config.extras().groups(config.rule(), sharded.own()),
                schedule,
                config.extras().state(),
                execution);
        TrainingStep step =
                new TrainingStep(network, optimizer, config.loss(), config.extras(), workers, config.sharing());
        return new Learner(config, workers, sharded, network, schedule, optimizer, step);
    }

    /** Statistics of batch normalisation over all workers' examples, if they are asked for and there are several. */
    private static Optional<JointStatistics> joint(Sharing sharing, Workers workers) {
        return Optional.of(sharing)
                .filter(asked -> asked.norms() == Sharing.Norms.SYNC && !workers.isAlone())
                .map(_ -> new JointStatistics(workers.apart("norms")));
    }

    /** How much memory the rule's state takes, where it is shared. */
    Optional<String> stateMemory() {
        if (!sharded.isShared()) {
            return Optional.empty();
        }
        List<Parameter> all = network.parameters();
        long each = Cost.of(config.rule(), config.extras().state()).stateBytesPerParameter();
        long own = each * Ownership.of(all, workers.size()).largest(all, workers.size());
        long whole = each * all.stream().mapToLong(Parameter::size).sum();
        return Optional.of("the rule's state takes at most %,d of its %,d bytes on each of %d workers"
                .formatted(own, whole, workers.size()));
    }

    /**
     * What a checkpoint holds of it.
     *
     * @param tensors by file; the network's are its own memory
     * @param json what is no tensor
     */
    record Saved(Map<String, SequencedMap<String, StoredTensor>> tensors, Map<String, Object> json) {
        void add(String part, OptimizerState state, StateTensors form) {
            tensors.put(part, form.tensors(state));
            json.put(part, StateTensors.json(state));
        }
    }

    /** Sends rank 0 what it does not have of what {@link #saved} gives: to be called by the others. */
    void contribute() {
        if (sharded.isShared()) {
            sharded.gathered(optimizer.state());
        }
    }

    /** Everything of it that a checkpoint holds; for rank 0. */
    Saved saved() {
        Saved saved = new Saved(new LinkedHashMap<>(), new LinkedHashMap<>());
        saved.tensors().put(Checkpoint.WEIGHTS, network.weights());
        saved.add(
                Checkpoint.OPTIMIZER,
                sharded.gathered(optimizer.state()),
                states(config.extras().state()));
        step.average().ifPresent(it -> saved.add(Checkpoint.AVERAGE, it.state(), states(StateFormat.FLOAT32)));
        step.slow().ifPresent(it -> saved.add(Checkpoint.LOOKAHEAD, it.state(), states(StateFormat.FLOAT32)));
        saved.json().put("schedule", schedule.json());
        saved.json()
                .put(
                        "skips",
                        Document.fields(
                                "all",
                                step.skips().all(),
                                "inARow",
                                step.skips().inARow()));
        return saved;
    }

    /**
     * Takes over a checkpoint.
     *
     * @throws DataException if it lacks a part
     * @throws IllegalArgumentException if it is of another model or rule
     */
    void restore(Checkpoint checkpoint, Document json) {
        network.load(part(checkpoint, Checkpoint.WEIGHTS));
        optimizer.restore(sharded.own(state(checkpoint, json, Checkpoint.OPTIMIZER)));
        step.average().ifPresent(average -> average.restore(state(checkpoint, json, Checkpoint.AVERAGE)));
        step.slow().ifPresent(slow -> slow.restore(state(checkpoint, json, Checkpoint.LOOKAHEAD)));
        Document skips = json.object("skips");
        step.restore(new TrainingStep.Skips(skips.count("all"), (int) skips.whole("inARow", 0, Integer.MAX_VALUE)));
        schedule.restore(json.object("schedule"));
    }

    private OptimizerState state(Checkpoint checkpoint, Document json, String part) {
        return states(StateFormat.FLOAT32).state(part(checkpoint, part), json.object(part));
    }

    private static SequencedMap<String, StoredTensor> part(Checkpoint checkpoint, String part) {
        SequencedMap<String, StoredTensor> found = checkpoint.tensors().get(part);
        if (found == null) {
            throw new DataException(
                    "the checkpoint of step %d has no %s.safetensors".formatted(checkpoint.step(), part));
        }
        return found;
    }

    private StateTensors states(StateFormat format) {
        return new StateTensors(network.parameters(), format);
    }

    @Override
    public void close() {
        step.close();
        optimizer.close();
        network.close();
    }
}
