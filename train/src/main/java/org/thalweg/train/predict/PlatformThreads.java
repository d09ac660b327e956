package org.thalweg.train.predict;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** libtorch keeps settings with the thread, and works on platform threads alone: what virtual threads ask for is done on some. */
final class PlatformThreads {
    /** Made when first needed. */
    private static final class Holder {
        static final ExecutorService WORKERS = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("thalweg-predict-", 1).factory());
    }

    private PlatformThreads() {}

    /** Does it on this thread, or on a platform thread while this virtual one waits. */
    static <T> T call(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        try {
            return CompletableFuture.supplyAsync(work, Holder.WORKERS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
