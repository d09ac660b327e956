package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.run.Document;

/**
 * How a run goes from its first step to its last.
 *
 * @param batches the batch size by the number of batches before it, from 0, instead of one size for all; rounded
 * @param stopping whether it ends early
 * @param snapshots how many weights are kept, one after each equal part of the run, to answer together at its end (Huang et
 *     al., ICLR 2017); 0 for none, else at least 2
 * @param keepLast whether examples that do not fill a last batch make a smaller one, instead of being left out of the epoch
 * @param saving when checkpoints are saved
 * @param recording what is written down about it
 */
public record Course(
        Optional<Schedule> batches,
        Optional<EarlyStopping> stopping,
        int snapshots,
        boolean keepLast,
        Saving saving,
        Recording recording) {
    /** To the end, in batches of one size. */
    public static final Course PLAIN =
            new Course(Optional.empty(), Optional.empty(), 0, false, new Saving(), Recording.PLAIN);

    public Course {
        if (snapshots < 0 || snapshots == 1) {
            throw new IllegalArgumentException("an ensemble has at least 2 snapshots, not " + snapshots);
        }
    }

    public Course withBatches(Schedule wanted) {
        return new Course(Optional.of(wanted), stopping, snapshots, keepLast, saving, recording);
    }

    public Course withStopping(EarlyStopping wanted) {
        return new Course(batches, Optional.of(wanted), snapshots, keepLast, saving, recording);
    }

    public Course withSnapshots(int wanted) {
        return new Course(batches, stopping, wanted, keepLast, saving, recording);
    }

    public Course withKeepLast(boolean wanted) {
        return new Course(batches, stopping, snapshots, wanted, saving, recording);
    }

    public Course withSaving(Saving wanted) {
        return new Course(batches, stopping, snapshots, keepLast, wanted, recording);
    }

    public Course withRecording(Recording wanted) {
        return new Course(batches, stopping, snapshots, keepLast, saving, wanted);
    }

    /** For {@code config.json}; what is not asked for is left out. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        batches.ifPresent(sizes -> json.put("batches", sizes.toString()));
        stopping.ifPresent(
                early -> json.put("stopping", Document.fields("patience", early.patience(), "metric", early.metric())));
        json.put("snapshots", snapshots);
        json.put("keepLast", keepLast);
        json.put("saving", Document.fields("every", saving.every(), "keep", saving.keep()));
        json.put("recording", recording.json());
        return json;
    }

    static Course read(Document json) {
        return new Course(
                json.optionalText("batches").map(_ -> json.parsed("batches", Schedule::parse)),
                json.optional("stopping")
                        .map(early -> early.made(it -> new EarlyStopping(
                                (int) it.whole("patience", 1, Integer.MAX_VALUE), it.text("metric")))),
                (int) json.whole("snapshots", 0, Integer.MAX_VALUE),
                json.flag("keepLast"),
                json.object("saving")
                        .made(it -> new Saving(it.count("every"), (int) it.whole("keep", 1, Integer.MAX_VALUE))),
                json.optional("recording").map(Recording::read).orElse(Recording.PLAIN));
    }
}
