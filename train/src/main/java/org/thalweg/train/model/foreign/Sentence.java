package org.thalweg.train.model.foreign;

import java.util.List;

/** What libtorch has to say, which is pages, in one line. */
final class Sentence {
    private static final int LONGEST = 300;

    private Sentence() {}

    static String of(RuntimeException failure) {
        List<String> lines = String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String told = lines.stream()
                .filter(line -> line.matches("\\w*Error: .*"))
                .reduce((first, last) -> last)
                .or(() -> lines.stream().findFirst())
                .orElse("no reason given");
        String line = told.replaceFirst("^\\w*Error: ", "");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
