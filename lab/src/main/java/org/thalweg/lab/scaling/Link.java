package org.thalweg.lab.scaling;

/**
 * What it costs to send a message: {@code latency + bytes / bytesPerSecond} seconds, the alpha-beta model (Hockney, 1994; Thakur,
 * Rabenseifner and Gropp, 2005, section 3), the same between any two workers, each sending and receiving at once.
 *
 * @param latency alpha, seconds, 0 or more
 * @param bytesPerSecond 1 over beta, above 0
 * @param addSecondsPerByte gamma: what it takes to add a byte that was received to one's own, seconds, 0 or more
 */
public record Link(double latency, double bytesPerSecond, double addSecondsPerByte) {
    public Link {
        if (!(latency >= 0) || !(bytesPerSecond > 0) || !(addSecondsPerByte >= 0)) {
            throw new IllegalArgumentException("a link has a latency of 0 or more and a bandwidth above 0");
        }
    }

    double send(double bytes) {
        return latency + bytes / bytesPerSecond;
    }

    double add(double bytes) {
        return bytes * addSecondsPerByte;
    }
}
