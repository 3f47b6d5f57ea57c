package io.hindcast.api.training;

import java.util.List;

/**
 * A page of training cycles.
 *
 * @param cursors of each of them, to continue after it
 * @param hasNext whether more follow
 */
public record TrainingCyclePage(List<TrainingCycleView> cycles, List<String> cursors, boolean hasNext) {
    public TrainingCyclePage {
        cycles = List.copyOf(cycles);
        cursors = List.copyOf(cursors);
    }
}
