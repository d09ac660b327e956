package org.thalweg.train;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.thalweg.train.loss.CrossEntropy;
import org.thalweg.train.loss.Loss;
import org.thalweg.train.model.Network;
import org.thalweg.train.model.StoredTensor;
import org.thalweg.train.run.RunFiles;

/**
 * Weights after each of several equal parts of a run, whose answers are averaged at its end: Huang et al., Snapshot Ensembles:
 * Train 1, Get M for Free, ICLR 2017.
 */
final class Snapshots {
    private final RunFiles run;
    private final int wanted;
    private final long cycle;

    /** @param steps of the whole run */
    Snapshots(RunFiles run, int wanted, long steps) {
        this.run = run;
        this.wanted = wanted;
        this.cycle = cycle(steps, wanted);
    }

    /** Steps in a part: the paper's ceil(T/M). */
    static long cycle(long steps, int wanted) {
        return Math.max(1, Math.ceilDiv(steps, Math.max(1, wanted)));
    }

    void stepped(long step, Network network) {
        if (wanted > 0 && step % cycle == 0 && step / cycle < wanted) {
            run.saveSnapshot((int) (step / cycle), network);
        }
    }

    /**
     * The score of all together, the last of which is the network as it is now; fewer than wanted where the run ended early.
     *
     * @param steps that were made
     * @param evaluation of the network, which has its weights again afterwards
     */
    Optional<Score> score(long steps, Network network, Evaluation evaluation, Loss loss) {
        if (wanted == 0) {
            return Optional.empty();
        }
        int last = (int) Math.min(wanted, Math.max(0, steps - 1) / cycle + 1);
        run.saveSnapshot(last, network);
        List<SequencedMap<String, StoredTensor>> members =
                IntStream.rangeClosed(1, last).mapToObj(run::loadSnapshot).toList();
        boolean probabilities = loss instanceof CrossEntropy;
        Score score = evaluation.score(inputs -> {
            List<Tensor> answers = members.stream()
                    .map(member -> answer(network, member, inputs, probabilities))
                    .toList();
            Tensor mean = answers.stream().reduce(Tensor::add).orElseThrow().divide(new Scalar((double) last));
            return probabilities ? mean.log() : mean;
        });
        network.load(members.getLast());
        return Optional.of(score);
    }

    /** A member's answer; where the loss is of logits, their probabilities, which are what is averaged. */
    private static Tensor answer(
            Network network, SequencedMap<String, StoredTensor> member, Tensor inputs, boolean probabilities) {
        network.load(member);
        Tensor outputs = network.forward(inputs, false);
        return probabilities ? outputs.softmax(outputs.dim() - 1) : outputs;
    }
}
