package org.thalweg.dashboard.watch;

/** Takes the lines of a run's metrics as they come. */
interface MetricsReader {
    /** Forgets all lines so far: the file was cut or replaced, and is read from its beginning. */
    void restart();

    /**
     * Takes a whole line, without its end.
     *
     * @param bytes are overwritten after the call
     * @param from the line's first byte
     * @param to the place after its last
     */
    void line(byte[] bytes, int from, int to);
}
