package org.thalweg.train.model;

import java.util.Map;
import java.util.Objects;
import org.thalweg.train.data.Shape;
import org.thalweg.train.model.layer.Activation.Relu;
import org.thalweg.train.model.layer.BatchNorm;
import org.thalweg.train.model.layer.Conv2d;
import org.thalweg.train.model.layer.Flatten;
import org.thalweg.train.model.layer.Linear;
import org.thalweg.train.model.layer.Pooling.MaxPool;

/** The forward pass in plain loops and double precision, straight from the definitions: the oracle for libtorch's. */
final class PlainNetwork {
    private final Plan plan;
    private final Map<String, double[]> weights;

    PlainNetwork(Plan plan, Map<String, double[]> weights) {
        this.plan = plan;
        this.weights = weights;
    }

    private double[] weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    /** One row of scores for each example. */
    double[][] forward(double[][] batch, boolean training) {
        double[][] value = batch;
        for (Plan.Step step : plan.steps()) {
            value = switch (step.layer()) {
                case Linear _ -> linear(step, value);
                case Conv2d conv -> convolution(step, conv, value);
                case BatchNorm _ -> normalised(step, value, training);
                case Relu _ -> relu(value);
                case MaxPool pool -> pooled(step, pool, value);
                case Flatten _ -> value;
                default -> throw new IllegalArgumentException("not written out: " + step.layer());
            };
        }
        return value;
    }

    /** Mean cross-entropy. */
    double loss(double[][] batch, int[] labels, boolean training) {
        double[][] scores = forward(batch, training);
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double total = 0;
            for (double score : scores[i]) {
                total += Math.exp(score);
            }
            sum += Math.log(total) - scores[i][labels[i]];
        }
        return sum / scores.length;
    }

    private double[][] linear(Plan.Step step, double[][] batch) {
        double[] weight = weight(step.name() + ".weight");
        double[] bias = weight(step.name() + ".bias");
        double[][] result = new double[batch.length][bias.length];
        for (int i = 0; i < batch.length; i++) {
            for (int output = 0; output < bias.length; output++) {
                double sum = bias[output];
                for (int input = 0; input < batch[i].length; input++) {
                    sum += weight[output * batch[i].length + input] * batch[i][input];
                }
                result[i][output] = sum;
            }
        }
        return result;
    }

    private double[][] convolution(Plan.Step step, Conv2d conv, double[][] batch) {
        Shape in = step.input();
        Shape out = step.output();
        double[] bias = weight(step.name() + ".bias");
        double[][] result = new double[batch.length][out.size()];
        for (int i = 0; i < batch.length; i++) {
            for (int at = 0; at < out.size(); at++) {
                int channel = at / out.area();
                result[i][at] = bias[channel]
                        + window(
                                step.name(),
                                conv,
                                in,
                                batch[i],
                                channel,
                                at % out.area() / out.width(),
                                at % out.width());
            }
        }
        return result;
    }

    private double window(String name, Conv2d conv, Shape in, double[] image, int channel, int top, int left) {
        double[] weight = weight(name + ".weight");
        double sum = 0;
        for (int source = 0; source < in.channels(); source++) {
            for (int row = 0; row < conv.kernel(); row++) {
                for (int column = 0; column < conv.kernel(); column++) {
                    int y = top + row - conv.padding();
                    int x = left + column - conv.padding();
                    if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
                        int tap = ((channel * in.channels() + source) * conv.kernel() + row) * conv.kernel() + column;
                        sum += weight[tap] * image[(source * in.height() + y) * in.width() + x];
                    }
                }
            }
        }
        return sum;
    }

    private double[][] normalised(Plan.Step step, double[][] batch, boolean training) {
        int area = step.input().area();
        double[][] result = new double[batch.length][step.input().size()];
        for (int channel = 0; channel < step.input().channels(); channel++) {
            double mean = weight(step.name() + ".running_mean")[channel];
            double variance = weight(step.name() + ".running_var")[channel];
            if (training) {
                mean = average(batch, channel, area, 0, 1);
                variance = average(batch, channel, area, mean, 2);
            }
            double scale = weight(step.name() + ".weight")[channel] / Math.sqrt(variance + 1e-5);
            double shift = weight(step.name() + ".bias")[channel];
            for (int i = 0; i < batch.length; i++) {
                for (int at = channel * area; at < (channel + 1) * area; at++) {
                    result[i][at] = (batch[i][at] - mean) * scale + shift;
                }
            }
        }
        return result;
    }

    static double average(double[][] batch, int channel, int area, double centre, int power) {
        double sum = 0;
        for (double[] example : batch) {
            for (int at = channel * area; at < (channel + 1) * area; at++) {
                sum += Math.pow(example[at] - centre, power);
            }
        }
        return sum / (batch.length * area);
    }

    private static double[][] relu(double[][] batch) {
        double[][] result = new double[batch.length][];
        for (int i = 0; i < batch.length; i++) {
            result[i] =
                    java.util.Arrays.stream(batch[i]).map(x -> Math.max(x, 0)).toArray();
        }
        return result;
    }

    private static double[][] pooled(Plan.Step step, MaxPool pool, double[][] batch) {
        Shape in = step.input();
        Shape out = step.output();
        double[][] result = new double[batch.length][out.size()];
        for (int i = 0; i < batch.length; i++) {
            for (int at = 0; at < out.size(); at++) {
                int top = at % out.area() / out.width() * pool.size();
                int left = at % out.width() * pool.size();
                double largest = Double.NEGATIVE_INFINITY;
                for (int y = top; y < top + pool.size(); y++) {
                    for (int x = left; x < left + pool.size(); x++) {
                        largest = Math.max(largest, batch[i][(at / out.area() * in.height() + y) * in.width() + x]);
                    }
                }
                result[i][at] = largest;
            }
        }
        return result;
    }
}
