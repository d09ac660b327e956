package org.thalweg.train.data;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What one worker holds of data that was dealt out among all: row g of the training part lies with worker g mod M, and what is set
 * aside lies with the first. No worker ever holds all.
 *
 * @param name what users call the data
 * @param train this worker's training rows, before preprocessing: as many as the others have, or one more on the first of them
 * @param aside what is set aside, on the first worker alone
 * @param classNames in their order; empty if they have none
 * @param fitting what inputs go through: {@link Fitting.Standardise} or {@link Fitting.None}
 * @param split how the parts came about
 */
public record Shards(
        String name, Examples train, Optional<Aside> aside, List<String> classNames, Fitting fitting, Split split) {
    private static final float WHITE = 255;

    /**
     * Rows that are not trained on, before preprocessing.
     *
     * @param validation what choices are made by, if some is set aside
     * @param test what the result is judged by
     */
    public record Aside(Optional<Examples> validation, Examples test) {}

    public Shards {
        classNames = List.copyOf(classNames);
        if (!(fitting instanceof Fitting.Standardise || fitting instanceof Fitting.None)) {
            throw new IllegalArgumentException(
                    "rows that lie with several workers can be standardised or left as they are, but not go through %s"
                            .formatted(Fitting.format(fitting)));
        }
    }

    /**
     * Puts the parts together, which all workers do at the same time: preprocessing is fitted on all training rows.
     *
     * @throws IllegalArgumentException if the rows were not dealt round, or what is set aside is not with the first worker alone
     */
    public Dataset dataset(Peers peers) {
        int count = dealt(peers);
        Preprocessing preprocessing = fitting instanceof Fitting.None
                ? Standardisation.none(train.shape().channels())
                : Standardisation.fit(train, peers);
        Optional<Standardisation> scale = train.task() instanceof Task.Regression
                ? Optional.of(Standardisation.fit(ScaledTargets.targetsOf(train), peers))
                : Optional.empty();
        UnaryOperator<Examples> prepared =
                part -> scale.<Examples>map(by -> new ScaledTargets(preprocessing.apply(part), by))
                        .orElseGet(() -> preprocessing.apply(part));
        Examples own = prepared.apply(train);
        Examples all = new ShardedExamples(
                own,
                peers.share(),
                count,
                Optional.of(Fingerprint.joined(peers.all(Fingerprint.of(own)))),
                brightest(peers));
        Optional<Examples> validation =
                withTheFirst(peers, aside.flatMap(Aside::validation).map(prepared), own);
        Examples test = withTheFirst(peers, aside.map(Aside::test).map(prepared), own)
                .orElseThrow(() -> new IllegalArgumentException("the first worker has no test part"));
        return new Dataset(
                name,
                new Parts(all, validation, test),
                new DataForm(train.shape(), preprocessing, train.task(), scale, classNames),
                List.of(),
                split,
                "",
                Optional.empty());
    }

    private int dealt(Peers peers) {
        Share share = peers.share();
        if (aside.isPresent() && share.piece() != 0) {
            throw new IllegalArgumentException(
                    "worker %d has rows that are set aside, which the first alone should have"
                            .formatted(share.piece()));
        }
        double[] counts = new double[share.pieces()];
        counts[share.piece()] = train.count();
        double[] told = peers.sum(counts);
        long all =
                (long) IntStream.range(0, told.length).mapToDouble(i -> told[i]).sum();
        if (all > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "%,d rows are more than the %,d that can be trained on".formatted(all, Integer.MAX_VALUE));
        }
        for (int piece = 0; piece < told.length; piece++) {
            int expected = new Share(piece, told.length).dealt((int) all);
            if (told[piece] != expected) {
                throw new IllegalArgumentException(
                        "of %,d rows worker %d should have %,d, but it has %,.0f: deal them round"
                                .formatted(all, piece, expected, told[piece]));
            }
        }
        return (int) all;
    }

    private float brightest(Peers peers) {
        if (!train.shape().isImage()) {
            return WHITE;
        }
        return (float) peers.all(Float.toString(train.brightest())).stream()
                .mapToDouble(Double::parseDouble)
                .max()
                .orElseThrow();
    }

    /** The first worker's own, and for the others what it says of them. */
    private static Optional<Examples> withTheFirst(Peers peers, Optional<Examples> here, Examples like) {
        String said = peers.all(here.map(part -> part.count() + " " + Fingerprint.of(part))
                        .orElse(""))
                .getFirst();
        if (said.isEmpty() || here.isPresent()) {
            return here;
        }
        int space = said.indexOf(' ');
        return Optional.of(new AbsentExamples(
                like.shape(),
                like.task(),
                Integer.parseInt(said.substring(0, space)),
                Optional.of(said.substring(space + 1))));
    }
}
