package org.thalweg.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.optim.rule.Rule;
import org.thalweg.optim.rule.Rules;

/**
 * Measures a rule's step, the machine's memory and rivals in turns.
 *
 * @param formats of our numbers; rivals have float32
 * @param threads that share a step
 * @param turns how often each subject has its turn; odd numbers give a median that was measured
 */
public record StepBenchmark(Rule rule, Formats formats, TensorSet tensors, List<Rival> rivals, int threads, int turns) {
    private static final int MOST_COPIED = 25_000_000;

    public StepBenchmark {
        rivals = List.copyOf(rivals);
        if (turns < 1 || threads < 1) {
            throw new IllegalArgumentException("turns and threads must be 1 or more");
        }
    }

    /**
     * What was measured. A GB is 10^9 bytes.
     *
     * @param millis the median time of a step
     * @param gigabytesPerSecond the bytes that the rule must move, over that time
     * @param copyGigabytesPerSecond what copying from one array to another gave in the same run, reads and writes counted
     * @param rewriteGigabytesPerSecond likewise for one array rewritten in place: what memory can give at best
     * @param ceilingFraction the median over all turns of the step's speed over the copy's; above 1 where the memory likes
     *     rewriting, which steps do, better than copying
     * @param against the rivals that have this rule, by name
     */
    public record Report(
            String rule,
            String parameters,
            String state,
            long size,
            int tensors,
            int threads,
            int turns,
            double millis,
            int bytesPerParameter,
            double gigabytesPerSecond,
            double copyGigabytesPerSecond,
            double rewriteGigabytesPerSecond,
            double ceilingFraction,
            Map<String, Against> against,
            Machine machine) {}

    /**
     * A rival's figures.
     *
     * @param millis its median time of a step
     * @param ratio its time over ours: above 1 we are faster
     */
    public record Against(double millis, double ratio) {}

    /** Runs the measurement; takes some seconds. */
    public Report run() {
        List<Subject> subjects = new ArrayList<>();
        try {
            subjects.add(new FusedRule(rule, formats, tensors, threads));
            int copied = (int) Math.min(tensors.elements(), MOST_COPIED);
            float[] from = new float[copied];
            float[] to = new float[copied];
            for (Memory loop : Memory.values()) {
                subjects.add(loop.over(from, to, threads));
            }
            for (Rival rival : rivals) {
                subjects.add(rival.step(rule, tensors, threads)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "%s has no rule %s to measure against: leave it out of --against"
                                        .formatted(rival.name(), Rules.format(rule)))));
            }
            return report(Alternation.run(subjects, turns), copied);
        } finally {
            subjects.forEach(Subject::close);
        }
    }

    private Report report(Alternation times, int copied) {
        int ours = 0;
        int copy = 1 + Memory.COPY.ordinal();
        int rewrite = 1 + Memory.REWRITE.ordinal();
        double bytes = (double) formats.bytesPerParameter(rule) * tensors.elements();
        double memoryBytes = (double) Memory.BYTES_PER_ELEMENT * copied;
        Map<String, Against> against = new LinkedHashMap<>();
        int first = 1 + Memory.values().length;
        for (int i = 0; i < rivals.size(); i++) {
            against.put(rivals.get(i).name(), new Against(times.millis(first + i), times.ratio(first + i, ours)));
        }
        return new Report(
                Rules.format(rule),
                formats.parameters().toString(),
                formats.state().toString(),
                tensors.elements(),
                tensors.shapes().size(),
                threads,
                turns,
                times.millis(ours),
                formats.bytesPerParameter(rule),
                bytes / times.millis(ours) / 1e6,
                memoryBytes / times.millis(copy) / 1e6,
                memoryBytes / times.millis(rewrite) / 1e6,
                bytes / memoryBytes * times.ratio(copy, ours),
                against,
                Machine.here());
    }
}
