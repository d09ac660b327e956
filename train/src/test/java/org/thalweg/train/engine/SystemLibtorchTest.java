package org.thalweg.train.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.train.ChildJvm;

/** A machine with a libtorch of its own must not matter: tried in a process that has unpacked nothing yet. */
class SystemLibtorchTest {
    @TempDir
    Path folder;

    /** What the process does; it prints a sum that needs all of libtorch's libraries. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            System.setProperty("org.bytedeco.javacpp.cachedir", arguments[0]);
            System.out.println(Engine.start().summary());
            System.out.println(
                    "sum " + torch.ones(4, 4).mm(torch.ones(4, 4)).sum().item_float());
        }
    }

    @Test
    void anotherLibtorchOnTheLibraryPathIsLeftAlone() throws Exception {
        Path decoys = Files.createDirectory(folder.resolve("decoys"));
        Path other = Path.of(Loader.load(Loader.class));
        for (String name : List.of("c10", "torch", "torch_cpu", "c10_cuda", "torch_cuda", "gomp.so.1")) {
            Files.copy(other, decoys.resolve(name.contains(".") ? "lib" + name : System.mapLibraryName(name)));
        }
        assertWorksWith(decoys.toString());
    }

    @Test
    void aSystemLibtorchIsLeftAlone() throws Exception {
        assertWorksWith("");
    }

    /** No options: what makes it work is done inside the process. */
    private void assertWorksWith(String libraryPath) throws IOException, InterruptedException {
        String cache = folder.resolve("cache").toString();
        String printed = ChildJvm.run(folder, Map.of("LD_LIBRARY_PATH", libraryPath), List.of(), Child.class, cache);
        assertThat(printed)
                .contains("libtorch 2.")
                .contains("OpenBLAS on one thread")
                .contains("sum 64.0");
    }

    @Test
    void anUntunedProcessIsLeftAsItIs() throws Exception {
        String cache = System.getProperty("user.home") + "/.javacpp/cache";
        String printed = ChildJvm.run(folder, Map.of("THALWEG_ENGINE", "untuned"), List.of(), Child.class, cache);
        assertThat(printed).contains("process left as it is").contains("sum 64.0");
    }
}
