package org.thalweg.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.train.data.DataRequest;
import org.thalweg.train.data.Dataset;
import org.thalweg.train.data.Reading;
import org.thalweg.train.data.Split;
import org.thalweg.train.model.Model;
import org.thalweg.train.model.Plan;
import org.thalweg.train.model.ready.Architecture;
import org.thalweg.train.model.ready.Models;
import org.thalweg.train.model.text.ModelText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code thalweg models}. */
@Command(
        name = "models",
        description = "List the ready models, or show one's layers, shapes and parameters on some data.")
final class ModelsCommand implements Runnable {
    private static final String LINE = "  %-20s %s%n";

    private final Console console;

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "A ready model such as resnet:blocks=3, or a .yaml or .pt file; all are listed without one.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--data",
            defaultValue = "digits",
            description = "The data that it is for (default: ${DEFAULT-VALUE}).")
    private String data = "";

    @Option(names = "--data-dir", description = "The folder of the data's files.")
    private Optional<Path> dataDirectory = Optional.empty();

    @Option(names = "--yaml", description = "Print the model as YAML, to be changed and given to 'train --model'.")
    private boolean yaml;

    ModelsCommand(Console console) {
        this.console = console;
    }

    /** What is to be told about a ready model. */
    record Sheet(String name, List<String> options, String summary, String source) {
        static Sheet of(Architecture ready) {
            return new Sheet(Models.name(ready), Models.options(ready), ready.summary(), ready.source());
        }
    }

    /** A layer in a document. */
    record Row(String name, String output, long parameters) {}

    /** A model in a document. */
    record Document(Map<String, Object> model, List<Row> layers, long parameters) {}

    @Override
    public void run() {
        if (model.isEmpty()) {
            list(Models.ready().stream().map(Sheet::of).toList());
        } else {
            Dataset dataset = request().load();
            Model chosen = ModelChoice.of(model.get(), dataset.shape(), dataset.task());
            show(chosen, chosen.plan(dataset.shape()));
        }
    }

    private DataRequest request() {
        return new DataRequest(data, dataDirectory, Reading.USUAL, new Split(1), Optional.empty(), List.of());
    }

    private void list(List<Sheet> sheets) {
        if (console.json()) {
            console.document(sheets);
            return;
        }
        console.out().println("Models, for 'train --model' (with their options as they are unless you say otherwise):");
        for (Sheet sheet : sheets) {
            console.out().printf(LINE, sheet.name(), sheet.summary() + " [" + sheet.source() + "]");
            if (!sheet.options().isEmpty()) {
                console.out().printf(LINE, "", String.join(",", sheet.options()));
            }
        }
        console.out().println();
        console.out()
                .println(
                        "'thalweg models MODEL --data DATA' shows the layers of one, with --yaml as a file to start from.");
    }

    private void show(Model chosen, Plan plan) {
        if (console.json()) {
            List<Row> rows = plan.all()
                    .map(step -> new Row(step.name(), step.output().toString(), step.parameters()))
                    .toList();
            console.document(new Document(ModelText.json(chosen), rows, plan.parameters()));
        } else if (yaml) {
            console.out().print(ModelText.yaml(chosen));
        } else {
            console.out().print(plan.table());
        }
    }
}
