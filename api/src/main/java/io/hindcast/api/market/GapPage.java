package io.hindcast.api.market;

import java.util.List;

/**
 * Some gaps.
 *
 * @param cursors for each of them where to go on after it
 * @param hasNext whether there are more
 */
public record GapPage(List<GapView> gaps, List<String> cursors, boolean hasNext) {
    public GapPage {
        gaps = List.copyOf(gaps);
        cursors = List.copyOf(cursors);
    }
}
