package org.thalweg.train.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes to this process that libtorch reads only once, while it is being loaded.
 *
 * <p>Each is a call into the C library; where the library has no such function (macOS, Windows, musl) it is left out.
 */
final class ProcessTuning {
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_TOP_PAD = -2;
    private static final int M_MMAP_THRESHOLD = -3;

    /** The largest threshold that glibc accepts on 64 bits; blocks above it are mapped and given back each time. */
    private static final int LARGEST_MMAP_THRESHOLD = 32 << 20;

    private static final Linker LINKER = Linker.nativeLinker();

    private ProcessTuning() {}

    /** Makes the changes and says which of them took. */
    static List<String> apply() {
        List<String> done = new ArrayList<>();
        if (keepLargeBlocks()) {
            done.add("allocator keeps large blocks");
        }
        if (quietThreads()) {
            done.add("OpenMP waits passively, OpenBLAS on one thread");
        }
        return done;
    }

    /** Without this, each activation's memory is mapped, zeroed page by page and unmapped again in every step. */
    private static boolean keepLargeBlocks() {
        Optional<MethodHandle> mallopt = function("mallopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        if (mallopt.isEmpty()) {
            return false;
        }
        Map<Integer, Integer> options = Map.of(
                M_MMAP_THRESHOLD, LARGEST_MMAP_THRESHOLD, M_TRIM_THRESHOLD, Integer.MAX_VALUE, M_TOP_PAD, 64 << 20);
        boolean took = true;
        for (Map.Entry<Integer, Integer> option : options.entrySet()) {
            took &= (int) call(mallopt.get(), option.getKey(), option.getValue()) == 1;
        }
        return took;
    }

    /**
     * OpenBLAS' own threads spin against OpenMP's: libtorch already splits its work over OpenMP threads. Variables that
     * the user has set are kept.
     */
    private static boolean quietThreads() {
        FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        Optional<MethodHandle> setenv = function("setenv", signature);
        if (setenv.isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            for (String[] variable : new String[][] {{"OMP_WAIT_POLICY", "passive"}, {"OPENBLAS_NUM_THREADS", "1"}}) {
                MemorySegment name = arena.allocateFrom(variable[0]);
                call(setenv.get(), name, arena.allocateFrom(variable[1]), 0);
            }
        }
        return true;
    }

    private static Optional<MethodHandle> function(String name, FunctionDescriptor signature) {
        return LINKER.defaultLookup().find(name).map(address -> LINKER.downcallHandle(address, signature));
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a call into the C library failed", e);
        }
    }
}
