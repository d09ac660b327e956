package org.thalweg.cli;

import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.cli.launch.Leash;

/**
 * Ctrl-C, and the system's request to end. The first asks for a stop, which comes when the step is finished and saved; a second
 * ends the process at once.
 *
 * <p>{@code sun.misc.Signal} is called by reflection: it is there in every JDK, in a module of its own, and the compiler
 * warns of it in a way that nothing switches off. Where it is missing, Ctrl-C ends the process as ever.
 */
final class StopSignals implements AutoCloseable {
    private static final String INTERRUPT = "INT";
    private static final String TERMINATE = "TERM";
    /** A shell's exit code for a command that was interrupted. */
    static final int INTERRUPTED = 130;

    private final PrintStream err;
    private final String answer;
    private final Runnable before;
    private final List<Runnable> undo = new ArrayList<>();
    private volatile boolean asked;

    private StopSignals(PrintStream err, String answer, Runnable before) {
        this.err = err;
        this.answer = answer;
        this.before = before;
    }

    /** Listens from now on. */
    static StopSignals listen(PrintStream err) {
        return listen(err, () -> {});
    }

    /**
     * Listens from now on, for work that is saved when it is asked to stop.
     *
     * @param before what is done before the process ends at once
     */
    static StopSignals listen(PrintStream err, Runnable before) {
        return listen(err, "Finishing the step and saving; once more stops at once.", before);
    }

    /**
     * Listens from now on.
     *
     * @param answer what is told when a stop is asked for
     * @param before what is done before the process ends at once
     */
    static StopSignals listen(PrintStream err, String answer, Runnable before) {
        StopSignals signals = new StopSignals(err, answer, before);
        if (!Leash.isOn(System.getenv())) {
            signals.handle(INTERRUPT, signals::received);
        }
        signals.handle(TERMINATE, signals::received);
        return signals;
    }

    /** A terminal sends Ctrl-C to a launcher's workers as well, which hear of it from the launcher. */
    static void leaveInterruptsToLauncher() {
        new StopSignals(System.err, "", () -> {}).handle(INTERRUPT, () -> {});
    }

    /** Whether a stop was asked for, by a signal or by the launcher. */
    boolean asked() {
        return asked || Leash.stopAsked();
    }

    private void received() {
        if (asked) {
            err.println();
            err.println("thalweg: stopped at once; what was saved before stays.");
            err.flush();
            before.run();
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        asked = true;
        err.println();
        err.println(answer);
    }

    private void handle(String name, Runnable received) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object signal = signals.getConstructor(String.class).newInstance(name);
            Method handle = signals.getMethod("handle", signals, handlers);
            Object previous = handle.invoke(null, signal, handler(handlers, received));
            undo.add(() -> restore(handle, signal, previous));
        } catch (ReflectiveOperationException e) {
            // Not on this JDK, or kept from us by -Xrs: then the signal ends the process, as it does without us.
        }
    }

    private static Object handler(Class<?> handlers, Runnable received) {
        InvocationHandler receive = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                received.run();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            default -> "a stop of the training";
        };
        return Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, receive);
    }

    private static void restore(Method handle, Object signal, Object before) {
        try {
            handle.invoke(null, signal, before);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a signal's handler could not be put back", e);
        }
    }

    @Override
    public void close() {
        undo.forEach(Runnable::run);
        undo.clear();
    }
}
