package io.hindcast.api.training;

import java.util.List;

/**
 * Some training cycles.
 *
 * @param cursors for each of them where to go on after it
 * @param hasNext whether there are more
 */
public record TrainingCyclePage(List<TrainingCycleView> cycles, List<String> cursors, boolean hasNext) {
    public TrainingCyclePage {
        cycles = List.copyOf(cycles);
        cursors = List.copyOf(cursors);
    }
}
