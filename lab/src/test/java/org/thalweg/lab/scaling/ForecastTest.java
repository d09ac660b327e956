package org.thalweg.lab.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.train.noise.Tradeoff;

/** The model's formulas against values computed by hand, and against the algorithms played through message by message. */
class ForecastTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /** alpha 10 microseconds, beta 1 nanosecond, gamma 0.1 nanoseconds a byte. */
    private static final Link LINK = new Link(10e-6, 1e9, 0.1e-9);

    @Test
    void aRingOfFour() {
        // 6 messages of a quarter: 6 (10 us + 250 us), and 3 quarters added: 3 * 25 us
        assertThat(AllReduce.RING.seconds(4, 1e6, LINK)).isCloseTo(1635e-6, EXACT);
    }

    @Test
    void aTreeOfFive() {
        // 3 rounds up, 3 down, each 10 us + 1000 us; 3 additions of 100 us
        assertThat(AllReduce.TREE.seconds(5, 1e6, LINK)).isCloseTo(6360e-6, EXACT);
        assertThat(AllReduce.TREE.seconds(4, 1e6, LINK)).isCloseTo(4240e-6, EXACT);
    }

    @Test
    void halvingAmongFourAndFive() {
        // 500, 250 us down and 250, 500 up, 4 latencies, 75 us of additions
        assertThat(AllReduce.HALVING.seconds(4, 1e6, LINK)).isCloseTo(1615e-6, EXACT);
        // and a fifth one: 2 (10 us + 1000 us) and 100 us more
        assertThat(AllReduce.HALVING.seconds(5, 1e6, LINK)).isCloseTo(1615e-6 + 2120e-6, EXACT);
    }

    @ParameterizedTest
    @EnumSource
    void oneAloneWaitsForNobody(AllReduce algorithm) {
        assertThat(algorithm.seconds(1, 1e9, LINK)).isZero();
        assertThat(algorithm.seconds(2, 1e6, LINK)).isGreaterThanOrEqualTo(2 * 10e-6 + 1e6 / 1e9);
    }

    /** Every worker of the ring passes a piece on in each round, and adds what it gets in the first half of them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8, 100})
    void theRingPlayedThrough(int workers) {
        double[][] sums = new double[workers][workers];
        for (int w = 0; w < workers; w++) {
            for (int piece = 0; piece < workers; piece++) {
                sums[w][piece] = w + 1;
            }
        }
        double clock = 0;
        double sent = 0;
        for (int round = 0; round < 2 * (workers - 1); round++) {
            double[] arriving = new double[workers];
            for (int w = 0; w < workers; w++) {
                arriving[(w + 1) % workers] = sums[w][Math.floorMod(w - round, workers)];
            }
            boolean adding = round < workers - 1;
            for (int w = 0; w < workers; w++) {
                int piece = Math.floorMod(w - 1 - round, workers);
                sums[w][piece] = adding ? sums[w][piece] + arriving[w] : arriving[w];
            }
            double bytes = 1e6 / workers;
            clock += 10e-6 + bytes * 1e-9 + (adding ? bytes * 0.1e-9 : 0);
            sent += bytes;
        }
        for (double[] each : sums) {
            assertThat(each).containsOnly(workers * (workers + 1) / 2.0);
        }
        assertThat(AllReduce.RING.seconds(workers, 1e6, LINK)).isCloseTo(clock, within(1e-9 * clock));
        assertThat(sent).isCloseTo(2 * (workers - 1.0) / workers * 1e6, within(1e-3));
    }

    /** Buckets of a gradient that becomes ready evenly, sent one after the other. */
    @ParameterizedTest
    @CsvSource({"1e6, 0.004", "25e4, 0.004", "1e5, 0.0001", "3e4, 0.02", "5e6, 0.001"})
    void whatIsNotHiddenByTheWayBack(double bucketBytes, double backward) {
        Cluster cluster = new Cluster(LINK, AllReduce.RING, bucketBytes, 0, 1);
        int buckets = (int) Math.ceil(1e6 / bucketBytes);
        double each = AllReduce.RING.seconds(4, 1e6 / buckets, LINK);
        double free = 0;
        for (int i = 1; i <= buckets; i++) {
            free = Math.max(free, backward * i / buckets) + each;
        }
        assertThat(cluster.exposed(4, 1e6, backward)).isCloseTo(free - backward, EXACT);
        assertThat(cluster.communication(4, 1e6)).isCloseTo(buckets * each, EXACT);
        assertThat(cluster.exposed(1, 1e6, backward)).isZero();
        Cluster crowded = new Cluster(LINK, AllReduce.RING, bucketBytes, 4, 1);
        assertThat(crowded.exposed(4, 1e6, backward)).as("no core is free").isCloseTo(buckets * each, EXACT);
        Cluster roomy = new Cluster(LINK, AllReduce.RING, bucketBytes, 5, 1);
        assertThat(roomy.exposed(4, 1e6, backward)).isEqualTo(cluster.exposed(4, 1e6, backward));
    }

    private static final StepCost COST = new StepCost(0.002, 0.0001, 0.75, 0.001);
    private static final Job JOB =
            new Job(COST, 4e6, 10_000, new Job.Reached(1000, 100, "the whole run"), new Tradeoff(300));
    private static final Cluster CLUSTER = new Cluster(new Link(50e-6, 1e9, 0), AllReduce.RING, 25e6, 0, 1);

    @Test
    void aStepAnEpochAndTheTarget() {
        // 4 workers, 50 examples each: 2 + 5 ms there and back, 1 ms for the update; 6 (50 us + 1 ms) of gradients
        Forecast forecast = Forecast.of(JOB, CLUSTER, 4, 200);
        assertThat(forecast.compute()).isCloseTo(0.008, EXACT);
        assertThat(forecast.communication()).isCloseTo(0.0063, EXACT);
        assertThat(forecast.exposed()).isCloseTo(0.0063, EXACT); // one bucket, ready at the end
        assertThat(forecast.step()).isCloseTo(0.0143, EXACT);
        assertThat(forecast.epoch()).isCloseTo(50 * 0.0143, EXACT);
        // alone: 2 + 20 + 1 ms
        assertThat(forecast.efficiency()).isCloseTo(0.023 / (4 * 0.0143), EXACT);
        // 1 + 300 / 100 = 4 of the fewest steps took 1000: 1 + 300 / 200 take 625
        assertThat(forecast.steps()).isCloseTo(625, within(1e-9));
        assertThat(forecast.target()).isCloseTo(625 * 0.0143, within(1e-9));
    }

    @Test
    void aloneItIsTheRunItself() {
        Forecast forecast = Forecast.of(JOB, CLUSTER, 1, 100);
        assertThat(forecast.exposed()).isZero();
        assertThat(forecast.efficiency()).isEqualTo(1);
        assertThat(forecast.steps()).isEqualTo(1000);
    }

    @Test
    void workersThatShareCoresShareTheirTime() {
        Cluster shared = new Cluster(CLUSTER.link(), AllReduce.RING, 25e6, 2, 1);
        assertThat(Forecast.of(JOB, shared, 2, 200).compute())
                .isEqualTo(Forecast.of(JOB, CLUSTER, 2, 200).compute());
        assertThat(Forecast.of(JOB, shared, 4, 200).compute()).isCloseTo(2 * 0.008, EXACT);
    }

    @Test
    void theBestBatchIsTheOneThatArrivesFirst() {
        List<Integer> batches = List.of(100, 200, 400, 800, 20_000);
        Forecast best = Forecast.best(JOB, CLUSTER, 8, batches).orElseThrow();
        double least = IntStream.of(100, 200, 400, 800)
                .mapToDouble(batch -> Forecast.of(JOB, CLUSTER, 8, batch).target())
                .min()
                .orElseThrow();
        assertThat(best.target()).isEqualTo(least);
        assertThat(best.batch()).isEqualTo(400); // 437.5 steps of 15.7 ms, where 343.75 of 20.7 ms take longer
        assertThat(Forecast.best(JOB, CLUSTER, 1000, List.of(100, 200))).isEqualTo(Optional.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> Forecast.of(JOB, CLUSTER, 101, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> Forecast.of(JOB, CLUSTER, 1, 10_001));
    }

    @Test
    void aLineThroughMeasuredTimes() {
        List<StepCost.Point> exact = List.of(
                new StepCost.Point(8, 0.002 + 0.0008),
                new StepCost.Point(32, 0.002 + 0.0032),
                new StepCost.Point(128, 0.002 + 0.0128));
        StepCost fitted = StepCost.fitted(exact, 0.6, 0.001);
        assertThat(fitted.fixed()).isCloseTo(0.002, within(1e-9));
        assertThat(fitted.perExample()).isCloseTo(0.0001, within(1e-9));
        assertThat(fitted.compute(50)).isCloseTo(0.007, within(1e-9));
        // one size, and times that would have a negative beginning: through the origin
        assertThat(StepCost.fitted(List.of(new StepCost.Point(10, 0.5)), 0.5, 0))
                .isEqualTo(new StepCost(0, 0.05, 0.5, 0));
        StepCost origin = StepCost.fitted(List.of(new StepCost.Point(10, 0.1), new StepCost.Point(20, 0.3)), 0.5, 0);
        assertThat(origin.fixed()).isZero();
        // the slope that makes (1 - 100 s)^2 + (1 - 66.7 s)^2 least
        assertThat(origin.perExample()).isCloseTo((100 + 200 / 3.0) / (10_000 + 40_000 / 9.0), within(1e-9));
    }
}
