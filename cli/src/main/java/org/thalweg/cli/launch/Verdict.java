package org.thalweg.cli.launch;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What an attempt came to, seen by how its workers ended. */
sealed interface Verdict {
    /** All came to the training's end. */
    record Completed() implements Verdict {}

    /** The training was stopped, and saved. */
    record Stopped() implements Verdict {}

    /** All failed by themselves with the same exit code, as they do where the fault lies in what they were told to do. */
    record Refused(Ending first) implements Verdict {}

    /** One failed, and the others had to end. */
    record Failed(Ending first) implements Verdict {}

    /**
     * Judges.
     *
     * @param endings of all workers, in the order in which they ended
     */
    static Verdict of(List<Ending> endings) {
        if (endings.stream().allMatch(Ending::isPeaceful)) {
            return endings.stream().allMatch(ending -> ending.code() == 0) ? new Completed() : new Stopped();
        }
        Ending first = first(endings, Ending::isOfItsOwn)
                .or(() -> first(endings, Ending::told))
                .or(() -> first(endings, ending -> !ending.isPeaceful()))
                .orElseThrow();
        boolean alike = endings.stream().allMatch(ending -> ending.isOfItsOwn() && ending.code() == first.code());
        return alike && !first.isBySignal() ? new Refused(first) : new Failed(first);
    }

    private static Optional<Ending> first(List<Ending> endings, Predicate<Ending> which) {
        return endings.stream().filter(which).findFirst();
    }
}
