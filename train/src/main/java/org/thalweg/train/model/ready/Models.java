package org.thalweg.train.model.ready;

import java.util.List;
import org.thalweg.optim.text.Forms;
import org.thalweg.train.data.Shape;
import org.thalweg.train.data.Task;
import org.thalweg.train.model.Model;

/**
 * The ready models by name, and as text: {@code resnet}, {@code resnet:norm=group,blocks=3}. Options that are left out keep
 * their defaults; case, dashes and underscores do not matter.
 */
public final class Models {
    /** Every ready model with its defaults; a new one is one more line. */
    private static final List<Architecture> READY = List.of(
            new LinearRegression(),
            new LogisticRegression(),
            new Svm(),
            new Mlp(),
            new DeepLinear(),
            new Convnet(),
            new CifarConvnet(),
            new Lenet(),
            new Resnet(),
            new NfResnet(),
            new CharLstm(),
            new CharTransformer());

    private static final Forms FORMS =
            Forms.byWholeName("model", READY.stream().map(Record.class::cast).toList());

    private Models() {}

    /** Every ready model with its defaults. */
    public static List<Architecture> ready() {
        return READY;
    }

    /** The names of the ready models, in the same order. */
    public static List<String> names() {
        return FORMS.names();
    }

    /** The name of a ready model, such as {@code nf-resnet}. */
    public static String name(Architecture architecture) {
        return FORMS.naming().apply((Record) architecture);
    }

    /** The options of a ready model with their values, such as {@code blocks=1}. */
    public static List<String> options(Architecture architecture) {
        return Forms.options((Record) architecture);
    }

    /**
     * Reads a ready model's text.
     *
     * @throws IllegalArgumentException if it is none; the message says where, what was expected, and the nearest name
     */
    public static Architecture parse(String text) {
        return (Architecture) FORMS.parse(text);
    }

    /** The text that {@link #parse} reads, with the options that differ from the defaults. */
    public static String format(Architecture architecture) {
        return FORMS.text((Record) architecture);
    }

    /**
     * A ready model for the given data.
     *
     * @param text as {@link #parse} reads it
     * @param input the shape of one example
     * @throws IllegalArgumentException if there is no such model
     */
    public static Model named(String text, Shape input, Task task) {
        return parse(text).model(input, task);
    }
}
