package org.thalweg.train.worker;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Functions of the C library, as Linux has them. */
final class CLibrary {
    private static final Linker LINKER = Linker.nativeLinker();

    private CLibrary() {}

    /** Whether this is a Linux, whose numbers are used. */
    static boolean isThere() {
        return System.getProperty("os.name", "").equals("Linux");
    }

    /**
     * Calls a function that takes numbers and pointers.
     *
     * @return the number that it gives, below 0 where it fails
     */
    static int call(String function, Object... arguments) {
        MemoryLayout[] layouts = Arrays.stream(arguments)
                .map(argument -> argument instanceof MemorySegment ? ADDRESS : JAVA_INT)
                .toArray(MemoryLayout[]::new);
        MemorySegment address = LINKER.defaultLookup().find(function).orElseThrow();
        try {
            return (int) LINKER.downcallHandle(address, FunctionDescriptor.of(JAVA_INT, layouts))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a call into the C library failed", e);
        }
    }
}
