package org.thalweg.train.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.train.engine.EngineSetup.Tuning;

/**
 * libtorch in this process: prepared, loaded and set up once.
 *
 * <p>Ask for it before any other class of {@code org.bytedeco.pytorch} is used, because what is set here is read while
 * libtorch loads. Use it from platform threads only.
 */
public final class Engine {
    private static final Object LOCK = new Object();
    private static Optional<Engine> running = Optional.empty();

    /** So many multiplications take about a millisecond; waking another thread for less costs more than it helps. */
    private static final long WORTH_A_THREAD = 20_000_000;

    /** What libtorch was told, which it keeps for each thread; 0 before. */
    private static final ThreadLocal<Integer> COMPUTING = ThreadLocal.withInitial(() -> 0);

    private final EngineSetup setup;
    private final String summary;

    private Engine(EngineSetup setup, String summary) {
        this.setup = setup;
        this.summary = summary;
    }

    /**
     * Starts with the set-up that the environment asks for, or answers the engine that already runs.
     *
     * @throws IllegalStateException if libtorch cannot be loaded here, or the thread is a virtual one
     */
    public static Engine start() {
        refuseVirtualThreads();
        synchronized (LOCK) {
            return running.orElseGet(() -> start(EngineSetup.fromEnvironment()));
        }
    }

    /**
     * Prepares the process and loads libtorch; later calls with the same set-up answer the same engine.
     *
     * @throws IllegalStateException if it already runs with another set-up, libtorch cannot be loaded here, or the thread is
     *     a virtual one
     */
    public static Engine start(EngineSetup setup) {
        refuseVirtualThreads();
        synchronized (LOCK) {
            Engine engine = running.orElseGet(() -> load(setup));
            if (!engine.setup.equals(setup)) {
                throw new IllegalStateException("the engine already runs as %s and cannot become %s in the same process"
                        .formatted(engine.setup, setup));
            }
            running = Optional.of(engine);
            return engine;
        }
    }

    public EngineSetup setup() {
        return setup;
    }

    /**
     * Lets libtorch compute what this thread asks for next with as many threads as the work is worth: always the same for the same work, so that
     * results stay the same to the bit. An untuned process is left as it is.
     *
     * @param multiplications of a whole batch on the way forward, roughly
     */
    public void compute(long multiplications) {
        int threads = threadsWorth(multiplications, setup.threads());
        if (setup.tuning() == Tuning.TUNED && threads != COMPUTING.get()) {
            torch.set_num_threads(threads); // only where it changes: libtorch forgets prepared convolutions each time
            COMPUTING.set(threads);
        }
    }

    static int threadsWorth(long multiplications, int most) {
        return Math.clamp(multiplications / WORTH_A_THREAD, 1, most);
    }

    /** What was set up, in one line. */
    public String summary() {
        return summary;
    }

    private static Engine load(EngineSetup setup) {
        keepJavaCppFromAborting();
        boolean tuned = setup.tuning() == Tuning.TUNED;
        List<String> changes = new ArrayList<>(tuned ? ProcessTuning.apply() : List.of());
        try {
            TorchLibraries.load();
            if (tuned) {
                torch.set_num_threads(setup.threads());
            }
        } catch (LinkageError e) {
            throw new IllegalStateException("libtorch cannot be loaded on this machine: " + e.getMessage(), e);
        }
        if (changes.isEmpty()) {
            changes.add("process left as it is");
        }
        int threads = torch.get_num_threads();
        return new Engine(
                setup,
                "libtorch %s, %d %s, %s"
                        .formatted(
                                version(), threads, threads == 1 ? "thread" : "threads", String.join(", ", changes)));
    }

    /** Where libtorch's random numbers, such as dropout's, go on from. */
    public static void seed(long seed) {
        torch.manual_seed(seed);
    }

    /** libtorch's own version, such as {@code 2.10.0}. */
    public static String version() {
        try (BytePointer config = torch.show_config()) {
            Matcher matcher = Pattern.compile("TORCH_VERSION=([^,\\s]+)").matcher(config.getString());
            return matcher.find() ? matcher.group(1) : "of unknown version";
        }
    }

    /** libtorch keeps settings, such as whether gradients are recorded, with the carrier thread, which virtual threads share. */
    private static void refuseVirtualThreads() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("libtorch works on platform threads only; start training on one");
        }
    }

    /** JavaCPP ends the process when resident memory passes four times the heap limit, which training memory may. */
    private static void keepJavaCppFromAborting() {
        if (System.getProperty("org.bytedeco.javacpp.maxphysicalbytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
        }
    }
}
