package org.thalweg.lab.claim;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A claim in words.
 *
 * @param id as {@code C05}
 * @param claim one sentence
 * @param said where, in the lectures' own words
 * @param formula what it comes to; several lines if need be
 * @param setup what is run: problems or data, models, rules, rates and how they were found, steps
 * @param criterion what decides, with its numbers, as it was fixed before the first run
 * @param remarks what a reader has to know besides, such as a slip of the slides; may be empty
 * @param cost whether it takes long
 */
public record Statement(
        String id,
        String claim,
        List<Quote> said,
        String formula,
        String setup,
        String criterion,
        String remarks,
        Cost cost) {
    private static final Pattern ID = Pattern.compile("C\\d\\d");

    /** How long all seeds together take on two cores. */
    public enum Cost {
        /** At most three minutes. */
        SHORT,
        /** At most twenty minutes; left out of a run of all unless asked for. */
        LONG
    }

    /**
     * What a lecture says.
     *
     * @param lecture such as {@code NTU CE7454}
     * @param words its own, or a picture of it described
     */
    public record Quote(String lecture, String words) {}

    public Statement {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a claim's id is C and two digits, not '%s'".formatted(id));
        }
        said = List.copyOf(said);
        formula = formula.strip();
        setup = setup.strip();
        criterion = criterion.strip();
        remarks = remarks.strip();
    }

    /** One of the short ones, of which there is nothing else to say. */
    public Statement(String id, String claim, List<Quote> said, String formula, String setup, String criterion) {
        this(id, claim, said, formula, setup, criterion, "", Cost.SHORT);
    }

    /** The same with something that a reader has to know besides. */
    public Statement remark(String wanted) {
        return new Statement(id, claim, said, formula, setup, criterion, wanted, cost);
    }

    /** The same as one that takes long. */
    public Statement takingLong() {
        return new Statement(id, claim, said, formula, setup, criterion, remarks, Cost.LONG);
    }

    public boolean isLong() {
        return cost == Cost.LONG;
    }

    /** The lectures that say it. */
    public String source() {
        return String.join(", ", said.stream().map(Quote::lecture).distinct().toList());
    }
}
