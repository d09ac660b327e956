package org.thalweg.lab.lecture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.lab.claim.Exercise;
import org.thalweg.lab.claim.Trial;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Line;
import org.thalweg.optim.rule.Sgd;
import org.thalweg.optim.schedule.Schedule;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.model.ready.Models;

/**
 * A network's training losses at the end, by rate.
 *
 * @param network its name
 * @param rates ascending, constant ones of SGD
 * @param with of the network with batch normalisation
 * @param without the same without
 */
public record Rated(String network, List<Double> rates, List<Double> with, List<Double> without) {
    static final List<String> NETWORKS =
            List.of("convnet:channels=8,hidden=32,norm=%s", "mlp:width=64,narrowing=1,norm=%s");
    static final List<Double> RATES = List.of(0.1, 0.32, 1.0, 3.2, 10.0, 32.0);
    private static final double GUESSING = Math.log(10);
    /** Below it a rate trains. */
    static final double LEARNT = 0.75 * GUESSING;

    private static final int EPOCHS = 4;

    /** Trains one of the networks at every rate. */
    static Rated of(String network, Dataset data, int batch, Trial trial) {
        List<Double> rates = trial.pick(RATES, List.of(0.32));
        return new Rated(
                network.substring(0, network.indexOf(':')),
                rates,
                losses(network.formatted("batch"), rates, data, batch, trial),
                losses(network.formatted("none"), rates, data, batch, trial));
    }

    private static List<Double> losses(String network, List<Double> rates, Dataset data, int batch, Trial trial) {
        Exercise exercise = new Exercise(
                data, Models.named(network, data.shape(), data.task()), batch, trial.pick(EPOCHS, 1), trial.seed());
        return rates.stream()
                .map(rate -> {
                    trial.says("%s, rate %s".formatted(network, rate));
                    return exercise.train(new Sgd(), Schedule.constant(rate)).trainLoss(GUESSING);
                })
                .toList();
    }

    /** How many times as large the rate may be with batch normalisation. */
    double factor() {
        return largestWith() / largestWithout();
    }

    double largestWith() {
        return largest(with);
    }

    double largestWithout() {
        return largest(without);
    }

    /** The largest rate that trains; half the smallest where none does. */
    private double largest(List<Double> losses) {
        return IntStream.range(0, rates.size())
                .filter(i -> losses.get(i) < LEARNT)
                .mapToDouble(rates::get)
                .max()
                .orElse(rates.getFirst() / 2);
    }

    /** Means of the seeds, each of which has the same networks. */
    static Chart chart(List<List<Rated>> seeds, Hue with, Hue without) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < seeds.getFirst().size(); i++) {
            int network = i;
            Rated first = seeds.getFirst().get(i);
            Line.Style style = i == 0 ? Line.Style.DOTS : Line.Style.SQUARES;
            List<Double> normalised = Seeds.means(seeds, one -> one.get(network).with());
            List<Double> plain = Seeds.means(seeds, one -> one.get(network).without());
            lines.add(new Line(first.network() + ", with", Seeds.curve(first.rates(), normalised), style, with.css()));
            lines.add(new Line(first.network() + ", without", Seeds.curve(first.rates(), plain), style, without.css()));
        }
        return new Chart(
                "(4) Training loss, mean of seeds (2.3 is guessing)", "nats", "rate", true, Chart.Fit.FROM_ZERO, lines);
    }
}
