package org.thalweg.train.worker;

import java.time.Duration;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.StringVector;
import org.bytedeco.pytorch.TCPStore;

/**
 * What workers tell each other by name, at the store that rank 0 keeps.
 *
 * @param store a connection to it
 * @param prefix of all names
 */
record Keys(TCPStore store, String prefix) {
    /** Adds to a number, which starts at 0, and gives what it is then. */
    long add(String key, long amount) {
        return store.add(prefix + key, amount);
    }

    void set(String key, String value) {
        store.set(prefix + key, value);
    }

    /** Waits for a value; the store gives up after the time that it was opened with. */
    String get(String key) {
        return store.get_to_str(prefix + key);
    }

    /** Whether there is such a name. */
    boolean has(String key) {
        try (PointerScope _ = new PointerScope()) {
            return store.check(new StringVector(prefix + key));
        }
    }

    /** Waits until there are all of these names; an exception tells that there are not in time. */
    void await(List<String> keys, Duration patience) {
        try (PointerScope _ = new PointerScope()) {
            String[] names = keys.stream().map(prefix::concat).toArray(String[]::new);
            store._wait(new StringVector(names), new Milliseconds(patience.toMillis()));
        }
    }
}
