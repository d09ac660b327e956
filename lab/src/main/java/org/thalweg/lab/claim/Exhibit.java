package org.thalweg.lab.claim;

import java.util.List;
import org.thalweg.lab.svg.Chart;
import org.thalweg.lab.svg.Node;

/**
 * What a page shows of what was measured.
 *
 * @param numbers those that the verdict rests on
 * @param charts one or two that make the point at a glance
 * @param more tables and maps below them; may be empty
 */
public record Exhibit(List<Quantity> numbers, List<Chart> charts, List<Node> more) {
    public Exhibit {
        numbers = List.copyOf(numbers);
        charts = List.copyOf(charts);
        more = List.copyOf(more);
    }

    /** Numbers and charts. */
    public Exhibit(List<Quantity> numbers, List<Chart> charts) {
        this(numbers, charts, List.of());
    }
}
