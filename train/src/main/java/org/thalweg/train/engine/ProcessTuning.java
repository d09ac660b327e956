package org.thalweg.train.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
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
    /** glibc's options of {@code mallopt}, in malloc.h: never trim, grow by 64 MiB, and take no block from mmap. */
    private static final Map<Integer, Integer> KEEP_BLOCKS = Map.of(-1, Integer.MAX_VALUE, -2, 64 << 20, -4, 0);

    /**
     * OpenBLAS' own threads would spin against OpenMP's, over which libtorch already splits its work. OpenMP's threads wait
     * for work for about a microsecond and then sleep: on a core that something else needs as well, longer spinning makes a
     * step many times slower, and no spinning at all makes it a tenth slower.
     */
    private static final Map<String, String> VARIABLES = Map.of(
            "OPENBLAS_NUM_THREADS", "1",
            "OMP_WAIT_POLICY", "passive",
            "GOMP_SPINCOUNT", "1000",
            // Of broken connections libtorch writes pages; a sentence about each is ours.
            "TORCH_CPP_LOG_LEVEL", "FATAL",
            // libtorch asks for huge pages for tensors of 2 MB and more, where the system grants them on request.
            "THP_MEM_ALLOC_ENABLE", "1");

    private static final Linker LINKER = Linker.nativeLinker();

    private ProcessTuning() {}

    /** Makes the changes and says which of them took. */
    static List<String> apply() {
        List<String> done = new ArrayList<>();
        if (keepLargeBlocks()) {
            done.add("allocator keeps large blocks");
        }
        if (quietThreads()) {
            done.add("OpenMP threads sleep when idle, OpenBLAS on one thread");
        }
        return done;
    }

    /** Without this, each activation's memory is mapped, zeroed page by page and unmapped again in every step. */
    private static boolean keepLargeBlocks() {
        Optional<MethodHandle> mallopt = function("mallopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
        if (mallopt.isEmpty()) {
            return false;
        }
        boolean took = true;
        for (Map.Entry<Integer, Integer> option : KEEP_BLOCKS.entrySet()) {
            took &= (int) call(mallopt.get(), option.getKey(), option.getValue()) == 1;
        }
        return took;
    }

    /** Sets what the user has not set. */
    private static boolean quietThreads() {
        FunctionDescriptor signature = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
        Optional<MethodHandle> setenv = function("setenv", signature);
        if (setenv.isEmpty()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            VARIABLES.forEach((name, value) -> {
                call(setenv.get(), arena.allocateFrom(name), arena.allocateFrom(value), 0);
            });
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
