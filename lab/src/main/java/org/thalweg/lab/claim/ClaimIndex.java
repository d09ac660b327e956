package org.thalweg.lab.claim;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.thalweg.lab.svg.Element;
import org.thalweg.lab.svg.Page;
import org.thalweg.lab.svg.TextFile;

/**
 * All claims that were tried, on one page for browsers and one for places that show Markdown.
 *
 * @param results in the order of their ids
 */
public record ClaimIndex(List<Reproduction.Result> results) {
    private static final String TITLE = "The lectures' claims";
    private static final String NOTE =
            "A verdict is computed from what was measured by a criterion that was fixed before the first run; each claim's page, for a browser, tells it, with the set-up and the numbers of every seed.";
    private static final int MINUTE = 60;

    public ClaimIndex {
        results = List.copyOf(results);
    }

    /**
     * Writes {@code index.html} and {@code README.md} into the folder that the claims' pages are in.
     *
     * @return the first of them
     */
    public Path write(Path folder) {
        TextFile.write(folder.resolve("README.md"), markdown());
        Path file = folder.resolve("index.html");
        page().write(file);
        return file;
    }

    private Page page() {
        Element head = Element.of(
                "tr",
                List.of("id", "claim", "verdict", "what was seen", "lectures").stream()
                        .map(name -> Element.text("th", name))
                        .toList());
        Element body = Element.of("tbody", results.stream().map(ClaimIndex::row).toList());
        return new Page(
                TITLE,
                List.of(
                        Element.of(
                                "header",
                                Element.text("h1", TITLE),
                                Element.text("p", summary() + " " + NOTE).classed("soft")),
                        Element.of(
                                        "div",
                                        Element.of("table", Element.of("thead", head), body)
                                                .classed("verdicts"))
                                .classed("scroll")));
    }

    private String summary() {
        return "%d tried, in %.0f minutes together: %d hold, %d hold within limits, %d do not hold here."
                .formatted(
                        results.size(),
                        results.stream()
                                        .mapToDouble(Reproduction.Result::seconds)
                                        .sum()
                                / MINUTE,
                        count(Verdict.Outcome.HOLDS),
                        count(Verdict.Outcome.WITHIN_LIMITS),
                        count(Verdict.Outcome.NOT_HERE));
    }

    private long count(Verdict.Outcome outcome) {
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

    private String markdown() {
        StringBuilder out = new StringBuilder("# %s%n%n%s %s%n%n".formatted(TITLE, summary(), NOTE));
        out.append("| | Claim | Verdict | Lectures | Seconds |%n|---|---|---|---|---:|%n".formatted());
        for (Reproduction.Result result : results) {
            Statement statement = result.statement();
            out.append("| [%s](#%s) | %s | %s | %s | %.0f |%n"
                    .formatted(
                            statement.id(),
                            statement.id().toLowerCase(Locale.ROOT),
                            cell(statement.claim()),
                            marked(result.verdict().outcome()),
                            cell(statement.source()),
                            result.seconds()));
        }
        results.forEach(result -> out.append(chapter(result)));
        return out.toString();
    }

    private static String chapter(Reproduction.Result result) {
        Statement statement = result.statement();
        String picture = Files.exists(result.picture())
                ? "![The charts of %s](%s)%n%n"
                        .formatted(statement.id(), result.picture().getFileName())
                : "";
        return """

                ## %1$s
                **%2$s** %3$s

                *%4$s*: %5$s.

                %6$s[Its page](%1$s.html) · `./thalweg reproduce %1$s`
                """.formatted(
                        statement.id(),
                        escaped(statement.claim()) + ".",
                        escaped(String.join(
                                " · ",
                                statement.said().stream()
                                        .map(quote -> "%s: %s".formatted(quote.lecture(), quote.words()))
                                        .toList())),
                        marked(result.verdict().outcome()),
                        escaped(result.verdict().reason()),
                        picture);
    }

    /** For the eye, where there are no colours. */
    private static String marked(Verdict.Outcome outcome) {
        String mark = switch (outcome) {
            case HOLDS -> "●";
            case WITHIN_LIMITS -> "◐";
            case NOT_HERE -> "○";
        };
        return mark + " " + outcome.words();
    }

    private static String cell(String text) {
        return escaped(text).replace("|", "\\|");
    }

    /** Without what Markdown would take for emphasis, code, a link or a tag. */
    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_\\[\\]<])", "\\\\$1");
    }
}
