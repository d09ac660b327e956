package org.thalweg.train.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A thread's memory for one example in passing. It lies outside the heap like the batches' own, for loops that see both kinds
 * are compiled for neither, and take ten times as long.
 */
final class Scratch {
    private static final ThreadLocal<MemorySegment> OWN =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(0));

    private Scratch() {}

    /** So many bytes with any content; the thread's next call may give the same ones. */
    static MemorySegment of(long bytes) {
        MemorySegment own = OWN.get();
        if (own.byteSize() < bytes) {
            own = Arena.ofAuto().allocate(bytes, Long.BYTES);
            OWN.set(own);
        }
        return own.asSlice(0, bytes);
    }
}
