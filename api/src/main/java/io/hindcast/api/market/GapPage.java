package io.hindcast.api.market;

import java.util.List;

/**
 * A page of gaps.
 *
 * @param cursors of each of them, to continue after it
 * @param hasNext whether more follow
 */
public record GapPage(List<GapView> gaps, List<String> cursors, boolean hasNext) {
    public GapPage {
        gaps = List.copyOf(gaps);
        cursors = List.copyOf(cursors);
    }
}
