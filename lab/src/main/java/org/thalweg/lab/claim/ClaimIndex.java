package org.thalweg.lab.claim;

import java.nio.file.Path;
import java.util.List;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Page;

/** The page of all claims that were tried. */
public final class ClaimIndex {
    private ClaimIndex() {}

    /** Writes {@code index.html} into the folder that the claims' pages are in. */
    public static Path write(Path folder, List<Reproduction.Result> results) {
        Element head = Element.of(
                "tr",
                List.of("id", "claim", "verdict", "what was seen", "lectures").stream()
                        .map(name -> Element.text("th", name))
                        .toList());
        Element body = Element.of("tbody", results.stream().map(ClaimIndex::row).toList());
        Page page = new Page(
                "The lectures' claims",
                List.of(
                        Element.of(
                                "header",
                                Element.text("h1", "The lectures' claims"),
                                Element.text("p", summary(results)).classed("soft")),
                        Element.of("div", Element.of("table", Element.of("thead", head), body))
                                .classed("scroll")));
        Path file = folder.resolve("index.html");
        page.write(file);
        return file;
    }

    private static String summary(List<Reproduction.Result> results) {
        return "%d tried: %d hold, %d hold within limits, %d do not hold here."
                .formatted(
                        results.size(),
                        count(results, Verdict.Outcome.HOLDS),
                        count(results, Verdict.Outcome.WITHIN_LIMITS),
                        count(results, Verdict.Outcome.NOT_HERE));
    }

    private static long count(List<Reproduction.Result> results, Verdict.Outcome outcome) {
        return results.stream()
                .filter(result -> result.verdict().outcome() == outcome)
                .count();
    }

    private static Element row(Reproduction.Result result) {
        Statement statement = result.statement();
        Verdict verdict = result.verdict();
        return Element.of(
                "tr",
                Element.of("td", Element.text("a", statement.id()).with("href", statement.id() + ".html")),
                Element.text("td", statement.claim()),
                Element.of(
                        "td",
                        Element.text("span", verdict.outcome().words())
                                .classed("state " + ClaimPage.tone(verdict.outcome()))),
                Element.text("td", verdict.reason()),
                Element.text("td", statement.source()));
    }
}
