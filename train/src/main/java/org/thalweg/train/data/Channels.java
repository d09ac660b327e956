package org.thalweg.train.data;

/**
 * Where in an example each channel's numbers lie: one after the other, or a position's features apart.
 *
 * @param count of channels
 * @param area numbers in each
 * @param apart whether the numbers of one channel lie apart, as in a sequence
 */
record Channels(int count, int area, boolean apart) {
    static Channels of(Shape shape) {
        return new Channels(shape.channels(), shape.area(), shape.kind() == Shape.Kind.SEQUENCE);
    }

    int first(int channel) {
        return apart ? channel : channel * area;
    }

    int end(int channel) {
        return apart ? count * area : (channel + 1) * area;
    }

    int stride() {
        return apart ? count : 1;
    }
}
