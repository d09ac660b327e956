package org.thalweg.train.loss;

import java.util.List;
import org.thalweg.optim.text.Forms;

/** The losses by name: {@code cross-entropy}, {@code cross-entropy:smoothing=0.1}, {@code hinge:power=2} and so on. */
public final class Losses {
    private static final List<Record> READY = List.of(new CrossEntropy(), new Square(), new Logistic(), new Hinge());
    private static final Forms FORMS = Forms.byWholeName("loss", READY);

    private Losses() {}

    /** The names of the losses. */
    public static List<String> names() {
        return FORMS.names();
    }

    /**
     * Reads a loss.
     *
     * @throws IllegalArgumentException if the text is none; the message says where, what was expected, and the nearest name
     */
    public static Loss parse(String text) {
        return (Loss) FORMS.parse(text);
    }

    /** The text that {@link #parse} reads, with the options that differ from the defaults. */
    public static String format(Loss loss) {
        return FORMS.text((Record) loss);
    }
}
