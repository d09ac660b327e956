package org.thalweg.optim.kernel;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compiles loops to hidden classes; equal loops over arrays in equal places share one. */
final class KernelCompiler {
    private static final ClassDesc KERNEL = ClassDesc.of(Kernel.class.getName());
    private static final ClassDesc NAME = ClassDesc.of(Kernel.class.getPackageName(), "CompiledKernel");
    private static final MethodTypeDesc RUN = MethodTypeDesc.of(
            CD_void,
            CD_Object.arrayType(),
            CD_long.arrayType(),
            CD_long,
            CD_int,
            CD_float.arrayType(),
            CD_double.arrayType(),
            CD_long.arrayType());

    private static final Map<Key, Kernel> COMPILED = new ConcurrentHashMap<>();

    private record Key(Loop loop, List<Place> places, Lanes lanes) {}

    private KernelCompiler() {}

    /**
     * The kernel of a loop.
     *
     * @param places of all arrays
     */
    static Kernel compile(Loop loop, List<Place> places, Lanes lanes) {
        return COMPILED.computeIfAbsent(
                new Key(loop, List.copyOf(places), fitting(lanes, loop, places)), KernelCompiler::define);
    }

    /** Sums take vectors half as wide; where that leaves none for two-byte numbers, elements go one at a time. */
    private static Lanes fitting(Lanes lanes, Loop loop, List<Place> places) {
        if (!(lanes instanceof VectorLanes vectors)) {
            return lanes;
        }
        VectorLanes fitting = loop.sums() > 0 ? vectors.forSums() : vectors;
        boolean narrow = places.stream().anyMatch(place -> place.bytes() < Float.BYTES);
        return narrow && !fitting.takesTwoByteNumbers() ? new ScalarLanes() : fitting;
    }

    private static Kernel define(Key key) {
        try {
            return (Kernel) MethodHandles.lookup()
                    .defineHiddenClass(bytecode(key), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IllegalAccessException
                | InstantiationException
                | InvocationTargetException
                | NoSuchMethodException e) {
            throw new IllegalStateException("a compiled kernel could not be loaded", e);
        }
    }

    private static byte[] bytecode(Key key) {
        return ClassFile.of()
                .build(
                        NAME,
                        type -> type.withFlags(ClassFile.ACC_FINAL)
                                .withInterfaceSymbols(KERNEL)
                                .withMethodBody(
                                        INIT_NAME,
                                        MTD_void,
                                        0,
                                        code -> code.aload(0)
                                                .invokespecial(CD_Object, INIT_NAME, MTD_void)
                                                .return_())
                                .withMethodBody(
                                        "run",
                                        RUN,
                                        ClassFile.ACC_PUBLIC,
                                        code -> new LoopEmitter(code, key.loop(), key.places()).emit(key.lanes())));
    }
}
