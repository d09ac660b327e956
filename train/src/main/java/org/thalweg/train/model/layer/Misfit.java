package org.thalweg.train.model.layer;

/** A layer cannot take its input; the message says what it needs, such as {@code needs an image}. */
public final class Misfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** @param need as the end of a sentence about the layer, a format of the values */
    public Misfit(String need, Object... values) {
        super(need.formatted(values));
    }

    static void unless(boolean fits, String need, Object... values) {
        if (!fits) {
            throw new Misfit(need, values);
        }
    }
}
