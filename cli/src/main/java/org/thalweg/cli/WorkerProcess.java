package org.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.thalweg.cli.launch.RunFile;
import org.thalweg.train.TrainingConfig;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingResult;
import org.thalweg.train.engine.Engine;
import org.thalweg.train.model.Plan;
import org.thalweg.train.worker.Workers;
import org.thalweg.train.worker.World;

/**
 * This process as one of those that train together, as the environment says; by itself where it says nothing. Rank 0 shows the
 * progress and the answer.
 */
record WorkerProcess(World world, Optional<Path> runFile) {
    static WorkerProcess of(Map<String, String> environment) {
        return new WorkerProcess(
                World.fromEnvironment(environment).orElse(World.ALONE),
                Optional.ofNullable(environment.get(RunFile.VARIABLE))
                        .filter(name -> !name.isBlank())
                        .map(Path::of));
    }

    /** Trains together with the others, attended by the user; rank 0 tells what came of it. */
    void train(
            Console console,
            TrainingConfig config,
            String data,
            BiFunction<TrainingListener, Workers, TrainingResult> training) {
        try (Workers workers = Workers.open(world);
                Progress progress = new Progress(console.err(), config)) {
            TrainingResult result = Attended.run(
                    console,
                    world.leads() ? telling(progress) : TrainingListener.NONE,
                    listener -> training.apply(listener, workers));
            if (world.leads()) {
                new Answer(result, data).tell(console);
            }
        }
    }

    /** Starts libtorch, and says how; once is enough for all workers. */
    void start(Console console, Supplier<Engine> engine) {
        String summary = engine.get().summary();
        if (world.leads()) {
            console.err().println(summary);
        }
    }

    /** Tells whoever started this where the run is. */
    private TrainingListener telling(TrainingListener listener) {
        return runFile.map(file -> TrainingListener.all(List.of(new Telling(file), listener)))
                .orElse(listener);
    }

    /** Writes the path whole or not at all. */
    private record Telling(Path file) implements TrainingListener {
        @Override
        public void started(Path run, Plan plan, long steps) {
            Path draft = file.resolveSibling(file.getFileName() + ".part");
            try {
                Files.writeString(draft, run.toAbsolutePath().toString());
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
