package org.thalweg.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.train.data.DataException;
import org.thalweg.train.run.Checkpoint;
import org.thalweg.train.run.Document;
import org.thalweg.train.run.RunException;
import org.thalweg.train.run.RunFiles;

/** A run between two steps: all that changes with it, saved in checkpoints and brought back from them. */
final class RunState {
    /** How often a run goes back, and what the rate is multiplied by each time. */
    private static final int MOST_RESTORES = 3;

    private static final double SETBACK = 0.5;

    private final RunFiles run;
    private final Saving saving;
    private final Document config;
    private final TrainingListener listener;
    private final Learner learner;
    private final RunRecord record;
    private final BestEpoch best;
    private Position position = Position.START;
    private Optional<Long> wentBackTo = Optional.empty();
    private boolean begun;

    RunState(RunFiles run, Learner learner, TrainingListener listener) {
        this.run = run;
        this.saving = learner.config().course().saving();
        this.config = run.config();
        this.listener = listener;
        this.learner = learner;
        this.record = new RunRecord(run, listener);
        this.best = new BestEpoch(learner.config().course().stopping());
    }

    Path path() {
        return run.path();
    }

    Learner learner() {
        return learner;
    }

    RunRecord record() {
        return record;
    }

    BestEpoch best() {
        return best;
    }

    Position position() {
        return position;
    }

    void moveTo(Position next) {
        position = next;
        begun = true;
    }

    /** Completed updates. */
    long steps() {
        return learner.optimizer().steps();
    }

    /** Saves a checkpoint, which rank 0 does, and removes those that need not stay. */
    void save() {
        if (!learner.workers().leads()) {
            learner.contribute();
            return;
        }
        Learner.Saved saved = learner.saved();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("position", position.json());
        state.put("record", record.json());
        state.put("best", best.json());
        state.put("files", run.lengths());
        state.put("learner", saved.json());
        run.checkpoints().save(new Checkpoint(steps(), saved.tensors(), Document.of(state), config));
        run.checkpoints()
                .prune(
                        saving.keep(),
                        best.best().map(BestEpoch.Best::step).stream().collect(Collectors.toSet()));
    }

    /**
     * Goes on from the latest checkpoint that is whole, or from the beginning; later ones are removed.
     *
     * @return completed updates
     */
    long resume() {
        for (long step : run.checkpoints().steps()) {
            try {
                restore(run.checkpoints().load(step));
                run.checkpoints().removeAfter(step);
                return step;
            } catch (DataException | IllegalArgumentException e) {
                listener.remark("the checkpoint of step %,d cannot be used, so the run goes on from the one before: %s"
                        .formatted(step, e.getMessage()));
            }
        }
        if (begun) {
            throw new RunException("no checkpoint in %s can be used: start the run again".formatted(run.path()));
        }
        run.checkpoints().removeAfter(-1);
        run.goBack(Map.of());
        return 0;
    }

    /** Brings back what was learned by a step, and that alone. */
    void bringBack(long step) {
        Checkpoint checkpoint = run.checkpoints().load(step);
        learner.restore(checkpoint, checkpoint.state().object("learner"));
    }

    private void restore(Checkpoint checkpoint) {
        if (!checkpoint.config().equals(config)) {
            throw new DataException("its configuration is not that of the run in %s".formatted(run.path()));
        }
        restore(checkpoint, checkpoint.state());
    }

    /** Takes over a checkpoint's tensors and what is said of the rest. */
    void restore(Checkpoint checkpoint, Document state) {
        Position saved = Position.read(state.object("position"));
        Map<String, Long> files = state.object("files").counts();
        begun = true; // from here on there is no way back to the beginning
        learner.restore(checkpoint, state.object("learner"));
        record.restore(state.object("record"));
        best.restore(state.object("best"));
        position = saved;
        run.goBack(files);
    }

    /**
     * Goes back to the latest checkpoint where numbers were not finite, and on at a lower rate; one checkpoint further where going
     * to that one did not help.
     *
     * @throws NonFiniteException if the run's policy is another one, or it went back too often
     */
    void goBack(NonFiniteException failure) {
        if (learner.config().extras().onNonFinite() != OnNonFinite.RESTORE) {
            throw failure;
        }
        long restores = record.restores() + 1;
        double factor = learner.schedule().factor() * SETBACK;
        if (restores > MOST_RESTORES) {
            throw failure.after(restores - 1);
        }
        List<Long> saved = run.checkpoints().steps();
        if (saved.size() > 1 && wentBackTo.equals(Optional.of(saved.getFirst()))) {
            run.checkpoints().removeAfter(saved.get(1));
        }
        long to = resume();
        wentBackTo = Optional.of(to);
        learner.schedule().lower(factor / learner.schedule().factor());
        record.wentBack(failure, to, restores, factor);
        listener.remark(
                "%s; going back to step %,d and on at %s of the rate".formatted(failure.getMessage(), to, factor));
    }
}
