package org.thalweg.train.model.text;

/** A text that is no model; the message says where and why. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unreadable(String place, String why) {
        super(place.isEmpty() ? why : place + ": " + why);
    }
}
