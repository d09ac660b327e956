package org.thalweg.cli;

import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.optim.text.Forms;
import org.thalweg.optim.text.Records;
import org.thalweg.optim.text.Values;
import org.thalweg.train.data.Corpora;
import org.thalweg.train.data.DataSummary;
import org.thalweg.train.data.Download;
import org.thalweg.train.data.Synthetic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code thalweg data}. */
@Command(
        name = "data",
        description = "Show what a model would see of some data: parts, sizes, classes, targets, where it comes from;"
                + " --list tells what is ready.")
final class DataCommand implements Runnable {
    private static final String ROW = "%-14s %s%n";

    private final Console console;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(names = "--list", description = "List ready and generated data.")
    private boolean list;

    @Option(
            names = "--download",
            description = "Fetch mnist, fashion-mnist, cifar-10 or cifar-100 from where it is published first, into"
                    + " --data-dir or the user's cache.")
    private boolean download;

    @Option(names = "--seed", defaultValue = "1", description = "Of the split (default: ${DEFAULT-VALUE}).")
    private long seed;

    DataCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (list) {
            list();
            return;
        }
        if (download) {
            Download.fetch(data.name(), data.directory(), new Arrival(console.err()));
        }
        DataSummary summary = DataSummary.of(data.request(seed).load());
        if (console.json()) {
            console.document(summary);
            return;
        }
        show(summary);
    }

    private void list() {
        List<String> generated =
                Synthetic.READY.ready().stream().map(DataCommand::named).toList();
        if (console.json()) {
            console.document(Map.of("ready", Corpora.names(), "generated", generated));
            return;
        }
        console.out().printf(ROW, "ready", String.join(", ", Corpora.names()));
        console.out().println("generated, with what can be set:");
        generated.forEach(text -> console.out().println("  " + text));
        console.out()
                .println("Files and folders of your own are named by their paths: docs/guide/data.md tells which.");
    }

    /** The text form with the names of all that can be set. */
    private static String named(Record data) {
        List<RecordComponent> components = Records.components(data.getClass());
        List<Object> values = Records.values(data);
        return Forms.name(data)
                + IntStream.range(0, values.size())
                        .mapToObj(i -> components.get(i).getName() + "=" + Values.text(values.get(i)))
                        .collect(Collectors.joining(",", ":", ""));
    }

    private void show(DataSummary summary) {
        PrintStream out = console.out();
        out.printf(ROW, summary.name(), "foresee " + summary.task());
        out.printf(ROW, "an example", summary.shape());
        out.printf(ROW, "prepared by", summary.preprocessing());
        if (!summary.attribution().isEmpty()) {
            out.printf(ROW, "from", summary.attribution());
        }
        out.println();
        out.printf("%-24s", "");
        summary.parts().forEach(part -> out.printf("%20s", part.name()));
        out.printf("%n%-24s", "examples");
        summary.parts().forEach(part -> out.printf("%,20d", part.examples()));
        out.println();
        classes(summary);
        targets(summary);
    }

    private void classes(DataSummary summary) {
        for (int label = 0; label < summary.classes().size(); label++) {
            int row = label;
            console.out().printf("%-24s", "  " + summary.classes().get(label));
            console.out()
                    .println(summary.parts().stream()
                            .map(part ->
                                    "%,12d %5.1f %%".formatted(part.counts().get(row), part.percent(row)))
                            .map("%20s"::formatted)
                            .collect(Collectors.joining()));
        }
    }

    private void targets(DataSummary summary) {
        int outputs = summary.parts().getFirst().targetMeans().size();
        for (int output = 0; output < outputs; output++) {
            int column = output;
            row(
                    "target %d mean".formatted(output + 1),
                    summary,
                    part -> part.targetMeans().get(column));
            row(
                    "target %d deviation".formatted(output + 1),
                    summary,
                    part -> part.targetDeviations().get(column));
        }
    }

    private void row(String name, DataSummary summary, Function<DataSummary.Part, Double> number) {
        console.out().printf("%-24s", name);
        summary.parts().forEach(part -> console.out().printf("%20.5g", number.apply(part)));
        console.out().println();
    }

    /** Says of each file what comes, once, and how far it is, at each tenth. */
    private static final class Arrival implements Download.Listener {
        private static final int PARTS = 10;

        private final PrintStream err;
        private String file = "";
        private long tenths;

        Arrival(PrintStream err) {
            this.err = err;
        }

        @Override
        public void received(String of, long bytes, Optional<Long> length) {
            if (!of.equals(file)) {
                file = of;
                tenths = 0;
                err.println("%s%s"
                        .formatted(
                                of,
                                length.map(all -> ", %,d bytes".formatted(all)).orElse("")));
            }
            long now = length.filter(all -> all > 0)
                    .map(all -> PARTS * bytes / all)
                    .orElse(0L);
            if (now > tenths) {
                tenths = now;
                err.println("  %d %%".formatted(100 / PARTS * now));
            }
        }
    }
}
