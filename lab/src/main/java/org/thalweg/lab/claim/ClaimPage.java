package org.thalweg.lab.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thalweg.lab.picture.Numbers;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Node;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.Table;

/** The page of a claim: what is claimed, pictures and numbers, the verdict, and how to repeat it. */
final class ClaimPage {
    /** Single values are told of so many seeds at most. */
    private static final int FEW = 10;

    private ClaimPage() {}

    static Page of(Reproduction.Result result, Trial.Extent extent) {
        Statement statement = result.statement();
        List<Node> parts = new ArrayList<>();
        parts.add(header(result, extent));
        if (!result.exhibit().charts().isEmpty()) {
            parts.add(Element.of(
                            "div",
                            result.exhibit().charts().stream()
                                    .map(chart -> chart.figure())
                                    .toList())
                    .classed("grid2"));
        }
        parts.addAll(result.exhibit().more());
        parts.add(Page.section("What was measured", numbers(result)));
        parts.add(Page.section("How it is tried", paragraphs(statement.setup())));
        parts.add(Page.section("What decides", paragraphs(statement.criterion())));
        if (!statement.remarks().isEmpty()) {
            parts.add(Page.section("To be known besides", paragraphs(statement.remarks())));
        }
        parts.add(Page.section("Repeat it", Element.text("pre", command(result, extent))));
        return new Page(statement.id() + " · " + statement.claim(), parts);
    }

    private static Element header(Reproduction.Result result, Trial.Extent extent) {
        Statement statement = result.statement();
        Verdict verdict = result.verdict();
        String tone = tone(verdict.outcome());
        Element header = Element.of(
                "header",
                Element.of(
                        "h1",
                        new Node.Text("%s: %s".formatted(statement.id(), statement.claim())),
                        Element.text("span", verdict.outcome().words()).classed("state " + tone)));
        for (Statement.Quote quote : statement.said()) {
            header = header.and(Element.text("p", "%s: %s".formatted(quote.lecture(), quote.words()))
                    .classed("soft"));
        }
        if (extent == Trial.Extent.QUICK) {
            header =
                    header.and(Element.text("p", "A quick trial: it shows that this runs, and nothing about the claim.")
                            .classed("failure"));
        }
        return header.and(
                Element.text("pre", statement.formula()).classed("wrapped"),
                Element.of("div", Element.text("p", verdict.reason())).classed("diagnosis " + tone));
    }

    static String tone(Verdict.Outcome outcome) {
        return outcome == Verdict.Outcome.HOLDS ? "good" : "warn";
    }

    private static Node numbers(Reproduction.Result result) {
        boolean several = result.seeds().size() > 1;
        List<List<String>> rows = result.exhibit().numbers().stream()
                .map(quantity -> row(quantity, several))
                .toList();
        List<String> heads = several
                ? List.of("", "mean of %d seeds".formatted(result.seeds().size()), "deviation", "by seed", "unit")
                : List.of("", "measured", "unit");
        return Element.of("div", new Table(heads, rows).element()).classed("scroll");
    }

    private static List<String> row(Quantity quantity, boolean several) {
        if (!several) {
            return List.of(quantity.name(), Numbers.text(quantity.mean()), quantity.unit());
        }
        String single = quantity.values().size() > FEW
                ? ""
                : String.join(
                        "  ", quantity.values().stream().map(Numbers::text).toList());
        return List.of(
                quantity.name(),
                Numbers.text(quantity.mean()),
                Numbers.text(quantity.deviation()),
                single,
                quantity.unit());
    }

    private static Element paragraphs(String text) {
        return Element.of(
                "div",
                text.lines()
                        .filter(line -> !line.isBlank())
                        .map(line -> Element.text("p", line.strip()))
                        .toList());
    }

    private static String command(Reproduction.Result result, Trial.Extent extent) {
        List<Long> seeds = result.seeds();
        return "./thalweg reproduce %s --seed %d --seeds %d%s\n# %s s on this machine"
                .formatted(
                        result.statement().id(),
                        seeds.getFirst(),
                        seeds.size(),
                        extent == Trial.Extent.QUICK ? " --quick" : "",
                        String.format(Locale.ROOT, "%.1f", result.seconds()));
    }
}
