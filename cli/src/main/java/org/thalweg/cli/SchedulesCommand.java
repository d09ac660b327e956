package org.thalweg.cli;

import java.util.List;
import org.thalweg.optim.schedule.Form;
import org.thalweg.optim.schedule.Schedule;
import picocli.CommandLine.Command;

/** {@code thalweg schedules}. */
@Command(name = "schedules", description = "List the schedules, for the learning rate or any other hyperparameter.")
final class SchedulesCommand implements Runnable {
    private static final String NAME = "  %-18s %s%n";

    private final Console console;

    SchedulesCommand(Console console) {
        this.console = console;
    }

    /**
     * What is to be told about a schedule.
     *
     * @param form how it is written; what stands in one bracket is given together or left out
     * @param follows whether it is written behind another schedule
     */
    record Sheet(String name, String form, boolean follows, String summary, String source, String lectures) {
        static Sheet of(Form form) {
            return new Sheet(
                    form.name(),
                    form.signature(),
                    form.follows(),
                    form.about().summary(),
                    form.about().source(),
                    form.about().lectures());
        }
    }

    @Override
    public void run() {
        List<Sheet> sheets = Schedule.ready().stream().map(Sheet::of).toList();
        if (console.json()) {
            console.document(sheets);
            return;
        }
        list(sheets, false, "Schedules (what stands in one bracket is given together or left out)");
        list(sheets, true, "Behind any of them, as in 'cosine(0.1, 90).warmUp(5)'");
        console.out().println("'thalweg schedules plot SCHEDULE' draws one.");
    }

    private void list(List<Sheet> sheets, boolean following, String heading) {
        console.out().println(heading + ":");
        for (Sheet sheet : sheets) {
            if (sheet.follows() == following) {
                console.out().printf(NAME, sheet.name(), sheet.summary() + " [" + sheet.source() + "]");
                console.out().printf(NAME, "", sheet.form());
            }
        }
        console.out().println();
    }
}
