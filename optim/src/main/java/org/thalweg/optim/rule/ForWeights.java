package org.thalweg.optim.rule;

/**
 * A rule that does something which is for weights alone, such as to decay them: biases and the parameters of normalisation
 * layers go without it where {@link org.thalweg.optim.Exemption} makes the groups.
 */
public interface ForWeights extends Rule {
    /** What the others get instead; nothing of a transform. */
    default Rule exempted() {
        return new Sgd();
    }
}
