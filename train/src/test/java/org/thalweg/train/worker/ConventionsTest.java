package org.thalweg.train.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What starts PyTorch's workers elsewhere starts ours: by the variables it sets, and by the files that the guide shows. */
class ConventionsTest {
    private static final Pattern BLOCK =
            Pattern.compile("^```(bash|yaml)\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL);

    /** Stands for the command: says how it was called, and with which variables, in a file for each rank. */
    private static final String THALWEG = """
            #!/bin/sh
            echo "$@" > called-$RANK
            env > variables-$RANK
            """;

    /** Two tasks on each of two nodes, as Slurm numbers them. */
    private static final String SRUN = """
            #!/bin/sh
            [ "$1" = --kill-on-bad-exit=1 ] || exit 9
            shift
            for task in 0 1 2 3; do
                SLURM_PROCID=$task SLURM_LOCALID=$((task % 2)) SLURM_NTASKS=4 "$@" || exit 1
            done
            """;

    private static final String SCONTROL = """
            #!/bin/sh
            [ "$1 $2 $3" = "show hostnames node[7-8]" ] || exit 9
            echo node7; echo node8
            """;

    @TempDir
    private Path folder = Path.of("");

    private static String shown(String language) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/guide/workers.md")));
        while (blocks.find()) {
            if (Objects.equals(blocks.group(1), language)) {
                return Objects.requireNonNull(blocks.group(2));
            }
        }
        throw new AssertionError("the guide shows no " + language);
    }

    private static World world(Map<String, String> variables) {
        return World.fromEnvironment(variables).orElseThrow();
    }

    /** The variables of its manual, for the second of three workers on the second of two machines. */
    @Test
    void torchrun() {
        World world = world(Map.ofEntries(
                Map.entry("LOCAL_RANK", "1"),
                Map.entry("RANK", "4"),
                Map.entry("GROUP_RANK", "1"),
                Map.entry("ROLE_RANK", "4"),
                Map.entry("LOCAL_WORLD_SIZE", "3"),
                Map.entry("WORLD_SIZE", "6"),
                Map.entry("GROUP_WORLD_SIZE", "2"),
                Map.entry("ROLE_WORLD_SIZE", "6"),
                Map.entry("MASTER_ADDR", "10.1.2.3"),
                Map.entry("MASTER_PORT", "40123"),
                Map.entry("TORCHELASTIC_RESTART_COUNT", "0"),
                Map.entry("TORCHELASTIC_MAX_RESTARTS", "3"),
                Map.entry("TORCHELASTIC_RUN_ID", "none")));
        assertThat(world).isEqualTo(new World(4, 6, 1, "10.1.2.3", 40123, "", World.DEFAULT_TIMEOUT));
    }

    /** As the training operator sets them in the pod of the second worker, whose rank counts the master. */
    @Test
    void pyTorchJob() {
        World world = world(Map.of(
                "PYTHONUNBUFFERED", "1",
                "MASTER_PORT", "23456",
                "MASTER_ADDR", "fashion-master-0",
                "WORLD_SIZE", "4",
                "RANK", "2",
                "PET_NODE_RANK", "2",
                "PET_NNODES", "4",
                "THALWEG_JOB", "2f9c"));
        assertThat(world).isEqualTo(new World(2, 4, 2, "fashion-master-0", 23456, "2f9c", World.DEFAULT_TIMEOUT));
    }

    @Test
    void theBatchScriptOfTheGuideMakesAWorldOfSlurmsTasks() throws Exception {
        Files.writeString(folder.resolve("job.sh"), shown("bash"));
        program("thalweg", THALWEG);
        program("bin/srun", SRUN);
        program("bin/scontrol", SCONTROL);
        String secret = "";
        for (int rank = 0; rank < 4; rank++) {
            run("bash", "job.sh");
            World world = world(variables(rank));
            assertThat(world)
                    .isEqualTo(new World(rank, 4, rank % 2, "node7", 28765, world.job(), World.DEFAULT_TIMEOUT));
            assertThat(world.job()).matches("[0-9a-f]{32}").isNotEqualTo(secret);
            secret = world.job();
            assertThat(variables(rank)).containsEntry("THALWEG_ENGINE", "tuned,threads=8");
            assertThat(called(rank)).startsWith("train fashion-mnist ").endsWith(" --runs runs/job-8765");
        }
    }

    @Test
    void theBatchScriptGoesOnWithItsRun() throws Exception {
        Files.writeString(folder.resolve("job.sh"), shown("bash"));
        program("thalweg", THALWEG);
        program("bin/srun", SRUN);
        program("bin/scontrol", SCONTROL);
        program("runs/job-8765/fashion-1/config.json", "{}");
        run("bash", "job.sh");
        assertThat(called(3)).isEqualTo("resume runs/job-8765/fashion-1");
    }

    @Test
    void theManifestOfTheGuideStartsOneMasterAndWorkersAlike() throws Exception {
        Map<?, ?> manifest = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(shown("yaml"));
        assertThat(at(manifest, "apiVersion")).isEqualTo("kubeflow.org/v1");
        assertThat(at(manifest, "kind")).isEqualTo("PyTorchJob");
        Object master = at(manifest, "spec", "pytorchReplicaSpecs", "Master");
        Object workers = at(manifest, "spec", "pytorchReplicaSpecs", "Worker");
        assertThat(at(master, "replicas")).isEqualTo(1);
        assertThat(at(workers, "replicas")).isEqualTo(3);
        assertThat(at(workers, "template")).isEqualTo(at(master, "template"));
        assertThat(at(master, "restartPolicy")).isEqualTo("OnFailure");
        assertThat(container(manifest, "name")).isEqualTo("pytorch"); // the operator looks for it
    }

    @Test
    void thePodsOfTheManifestTrainAndThenGoOn() throws Exception {
        Map<?, ?> manifest = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(shown("yaml"));
        List<String> command = new ArrayList<>();
        for (Object word : (List<?>) container(manifest, "command")) {
            command.add(word.toString().replace("/runs/", folder + "/runs/"));
        }
        program("thalweg", THALWEG);
        run(command.toArray(String[]::new));
        assertThat(called(0)).startsWith("train fashion-mnist ");
        program("runs/fashion/fashion-2/config.json", "{}");
        run(command.toArray(String[]::new));
        assertThat(called(0)).isEqualTo("resume " + folder + "/runs/fashion/fashion-2");
    }

    private static Object container(Map<?, ?> manifest, String key) {
        Object containers = at(manifest, "spec", "pytorchReplicaSpecs", "Worker", "template", "spec", "containers");
        return at(((List<?>) containers).getFirst(), key);
    }

    private static Object at(Object tree, String... path) {
        Object found = tree;
        for (String key : path) {
            found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
        }
        return found;
    }

    private void program(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void run(String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
        builder.environment()
                .putAll(Map.of(
                        "SLURM_JOB_NODELIST",
                        "node[7-8]",
                        "SLURM_JOB_ID",
                        "8765",
                        "SLURM_CPUS_PER_TASK",
                        "8",
                        "RANK",
                        "0"));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
    }

    private String called(int rank) throws IOException {
        return Files.readString(folder.resolve("called-" + rank)).strip();
    }

    private Map<String, String> variables(int rank) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("variables-" + rank))) {
            return lines.filter(line -> line.contains("="))
                    .map(line -> line.split("=", 2))
                    .collect(Collectors.toMap(part -> part[0], part -> part[1], (a, _) -> a, HashMap::new));
        }
    }
}
