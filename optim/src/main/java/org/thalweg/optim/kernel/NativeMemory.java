package org.thalweg.optim.kernel;

import java.lang.foreign.MemorySegment;

/**
 * All memory off the heap as one constant: kernels know arrays there by their address alone, if Java was started with native
 * access for this module.
 *
 * <p>Without that they take each array's own segment. But the JVM's compiler knows neither that one's class nor its scope,
 * guesses both from what the whole program does with segments, and where that differs from what a kernel does, throws
 * the kernel away and compiles it again with the same guess. A constant leaves nothing to guess. That memory is alive,
 * the caller's to touch and large enough is checked before each step, where it is handed in.
 */
final class NativeMemory {
    /** Whether kernels go by address. */
    static final boolean GRANTED = NativeMemory.class.getModule().isNativeAccessEnabled();

    static final MemorySegment ALL = GRANTED ? MemorySegment.NULL.reinterpret(Long.MAX_VALUE) : MemorySegment.NULL;

    private NativeMemory() {}
}
