package org.thalweg.optim.text;

import java.util.regex.Pattern;

/**
 * A text that is being read, for errors that point into it.
 *
 * @param kind what the text should be, such as {@code schedule}
 * @param text the whole text
 */
public record Source(String kind, String text) {
    private static final int LONGEST = 4096;
    private static final int LONGEST_QUOTED = 120;

    /** Controls, separators of lines and paragraphs, halves of characters. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}]");

    /** @throws IllegalArgumentException if the text is longer than anyone would write by hand */
    public Source {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a %s of %d characters is too long; at most %d are read".formatted(kind, text.length(), LONGEST));
        }
    }

    /**
     * One sentence that says where and what.
     *
     * @param index from 0; users see it counted from 1
     */
    public IllegalArgumentException error(int index, String problem) {
        return new IllegalArgumentException(
                "cannot read %s \"%s\": at character %d, %s".formatted(kind, shortened(text), index + 1, problem));
    }

    /** The text, cut and without control characters, so that it can be quoted in one line. */
    static String shortened(String text) {
        String cut = text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "...";
        return visible(cut);
    }

    /** With question marks for what would break a line or cannot be printed, so that it can stand in a sentence. */
    public static String visible(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }
}
