package org.thalweg.train.engine;

import java.net.URL;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/**
 * Loads the bundled libtorch so that no other copy on the machine gets in between.
 *
 * <p>The presets load {@code libtorch.so} before {@code libtorch_cpu.so}, which the first one needs: the system's loader
 * then looks for the second one by name, and on a machine with its own libtorch (Debian's {@code python3-torch}, or one
 * on {@code LD_LIBRARY_PATH}) finds that, of another version, and the process dies. A library that is already loaded is
 * found by its name first, so loading the bundled ones by their full path, dependencies first, closes the gap.
 */
final class TorchLibraries {
    private static final String PRESETS = "org.bytedeco.pytorch.presets.torch";

    /** Dependencies first; names as the presets know them, with the version after the at sign. */
    private static final List<String> IN_ORDER = List.of("gomp@.1", "c10", "torch_cpu", "torch");

    /** Libraries that the presets look for on the machine and that would bring another libtorch with them. */
    private static final List<String> NOT_BUNDLED = List.of("c10_cuda", "torch_cuda");

    private TorchLibraries() {}

    /** Loads them; a second call does nothing. */
    static void load() {
        Class<?> presets = presets();
        if (resource(presets, "c10").isEmpty()) {
            throw new IllegalStateException(
                    "libtorch for %s is not among the application's libraries".formatted(Loader.getPlatform()));
        }
        Loader.load(openblas.class);
        for (String name : IN_ORDER) {
            resource(presets, name).ifPresent(url -> Loader.loadLibrary(presets, new URL[] {url}, name));
        }
        URL harmless = resource(presets, "c10").orElseThrow();
        for (String name : NOT_BUNDLED) {
            if (resource(presets, name).isEmpty()) {
                Loader.loadLibrary(presets, new URL[] {harmless}, name);
            }
        }
    }

    /** A class beside the libraries whose initialisation does not load them. */
    private static Class<?> presets() {
        try {
            return Class.forName(PRESETS, false, Loader.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the libtorch presets are not among the application's libraries", e);
        }
    }

    private static Optional<URL> resource(Class<?> presets, String name) {
        String[] parts = name.split("@", 2);
        String file = System.mapLibraryName(parts[0]) + (parts.length > 1 ? parts[1] : "");
        // Asked of the class loader: on a module path the libraries are in another module than the presets, and a class
        // sees the resources of its own module only.
        String path = "org/bytedeco/pytorch/" + Loader.getPlatform() + "/" + file;
        return Optional.ofNullable(presets.getClassLoader().getResource(path));
    }
}
