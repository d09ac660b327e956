package org.thalweg.optim.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names as people type them: compared without case, dashes and underscores, with the nearest one when none fits. */
public final class Names {
    private static final int LONGEST_COMPARED = 64;

    private Names() {}

    /** What two spellings of one name have in common: {@code RmsProp}, {@code rms-prop}, {@code RMS_PROP}: rmsprop. */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /** Whether two spellings mean the same name. */
    public static boolean same(String one, String other) {
        return key(one).equals(key(other));
    }

    /**
     * The dashed spelling of a Java name: {@code RmsProp} gives rms-prop, {@code maxNorm} max-norm, {@code EPS_IN_ROOT}
     * eps-in-root. A word of one letter stays with its neighbour, so that {@code AdamW} gives adamw and {@code RAdam}
     * radam.
     */
    public static String kebab(String name) {
        List<String> words = new ArrayList<>();
        for (String word : name.split("_|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1)) {
            if (!words.isEmpty() && (word.length() == 1 || words.getLast().length() == 1)) {
                words.add(words.removeLast() + word);
            } else if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return String.join("-", words).toLowerCase(Locale.ROOT);
    }

    /** The known name that needs the fewest edits, or that the given one abbreviates, if one is near enough to be meant. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        String key = key(name);
        if (key.length() < 2 || key.length() > LONGEST_COMPARED) {
            return Optional.empty();
        }
        int most = Math.min(key.length() - 1, Math.max(2, key.length() / 3));
        return known.stream()
                .filter(candidate -> distance(key, key(candidate)) <= most)
                .min(Comparator.comparingInt(candidate -> distance(key, key(candidate))));
    }

    /** A sentence for a name that is not known: {@code there is no rule "adm"; did you mean adam? (known: adam, sgd)}. */
    public static String unknown(String kind, String name, Collection<String> known) {
        String guess = nearest(name, known).map("; did you mean %s?"::formatted).orElse("");
        String list = known.isEmpty() ? "none" : String.join(", ", known);
        return "there is no %s \"%s\"%s (known: %s)".formatted(kind, Source.shortened(name), guess, list);
    }

    private static int distance(String key, String candidate) {
        return candidate.startsWith(key) ? 1 : edits(key, candidate);
    }

    /** Levenshtein's distance: insertions, deletions and replacements that turn one text into the other. */
    static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
