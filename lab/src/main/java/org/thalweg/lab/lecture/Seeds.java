package org.thalweg.lab.lecture;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.thalweg.lab.figure.Hue;
import org.thalweg.lab.picture.Curve;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.statistics.Bootstrap;
import org.thalweg.lab.statistics.Interval;
import org.thalweg.lab.statistics.Spread;
import org.thalweg.lab.svg.Line;

/** What several seeds say together. */
final class Seeds {
    /** In words, for criteria. Of 10 seeds, 9 that agree have a sign test's p of 0.02; of 20, 18 have 0.0004. */
    static final String MOST = "in all seeds but at most every tenth (9 of 10: sign test, p = 0.02)";

    private static final int TENTH = 10;

    private Seeds() {}

    /** Whether it is so in all seeds but at most every tenth. */
    static <M> boolean most(List<M> measured, Predicate<M> so) {
        return count(measured, so) >= measured.size() - measured.size() / TENTH;
    }

    static <M> long count(List<M> measured, Predicate<M> so) {
        return measured.stream().filter(so).count();
    }

    static <M> double mean(Collection<M> measured, ToDoubleFunction<M> number) {
        return measured.stream().mapToDouble(number).average().orElseThrow();
    }

    static <M> double median(Collection<M> measured, ToDoubleFunction<M> number) {
        return Spread.median(measured.stream().mapToDouble(number).toArray());
    }

    /** How far one number is above another in the mean, by the bootstrap over seeds: their interval of 95 %. */
    static <M> Interval difference(List<M> measured, ToDoubleFunction<M> one, ToDoubleFunction<M> other) {
        return new Bootstrap()
                .pairedDifference(
                        measured.stream().mapToDouble(one).toArray(),
                        measured.stream().mapToDouble(other).toArray(),
                        0.95);
    }

    /** The same by Student's distribution, which keeps its level for a handful of seeds too. */
    static <M> Interval student(List<M> measured, ToDoubleFunction<M> one, ToDoubleFunction<M> other) {
        return Spread.of(measured.stream()
                        .mapToDouble(seed -> one.applyAsDouble(seed) - other.applyAsDouble(seed))
                        .toArray())
                .interval(0.95);
    }

    /** The mean over a part of a list. */
    static double mean(List<Double> values, double from, double to) {
        int first = (int) (from * values.size());
        int last = Math.max(first + 1, (int) (to * values.size()));
        return mean(values.subList(first, last), Double::doubleValue);
    }

    /** Of each seed its list; the mean of the first numbers, of the second, and so on. */
    static <M> List<Double> means(List<M> measured, Function<M, List<Double>> values) {
        int length = measured.stream()
                .mapToInt(one -> values.apply(one).size())
                .min()
                .orElseThrow();
        return IntStream.range(0, length)
                .mapToObj(i -> mean(measured, one -> values.apply(one).get(i)))
                .toList();
    }

    /** A curve through pairs of numbers. */
    static Curve curve(List<Double> x, List<Double> y) {
        return Curve.of(x, y);
    }

    /** One number of each seed, over the number of the seed. */
    static <M> Line bySeed(String name, List<M> measured, ToDoubleFunction<M> number, Line.Style style, Hue hue) {
        List<Integer> seeds = IntStream.range(0, measured.size()).boxed().toList();
        return new Line(
                name, Curve.of(seeds, i -> i + 1, i -> number.applyAsDouble(measured.get(i))), style, hue.css());
    }

    /** Numbers in equal factors. */
    static List<Double> factors(double first, double factor, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> first * Math.pow(factor, i))
                .toList();
    }

    /** Numbers in words, such as rates. */
    static String words(List<Double> numbers) {
        return String.join(", ", numbers.stream().map(Numbers::text).toList());
    }

    static List<Double> list(double... values) {
        return Arrays.stream(values).boxed().toList();
    }
}
