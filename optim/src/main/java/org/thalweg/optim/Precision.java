package org.thalweg.optim;

import java.util.Locale;
import org.thalweg.optim.kernel.Storage;

/** How the numbers of a parameter or its gradient lie in memory. */
public enum Precision {
    /** Four bytes. */
    FLOAT32(Storage.FLOAT32),
    /**
     * Two bytes: float32's range with 8 bits of precision. An optimizer keeps a float32 master copy of such a parameter, which its
     * rule updates and which each step rounds to the nearest (Micikevicius et al., "Mixed precision training", ICLR 2018, section 3.1):
     * updates below one part in 256 would be lost otherwise.
     */
    BFLOAT16(Storage.BFLOAT16);

    private final Storage storage;

    Precision(Storage storage) {
        this.storage = storage;
    }

    Storage storage() {
        return storage;
    }

    /** The name on the command line, such as {@code bfloat16}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Bytes of one number. */
    public int bytes() {
        return storage.bytes();
    }
}
