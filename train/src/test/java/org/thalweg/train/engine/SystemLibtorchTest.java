package org.thalweg.train.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private void assertWorksWith(String libraryPath) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        classPath(),
                        Child.class.getName(),
                        folder.resolve("cache").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LD_LIBRARY_PATH", libraryPath);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        int status = builder.start().waitFor();
        assertThat(status).as(Files.readString(output)).isZero();
        assertThat(output).content().contains("libtorch 2.").contains("sum 64.0");
    }

    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path", "surefire.test.class.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }
}
