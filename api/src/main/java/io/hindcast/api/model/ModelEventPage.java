package io.hindcast.api.model;

import java.util.List;

/**
 * A page of the history of models.
 *
 * @param cursors of the events, as many as these
 * @param hasNext whether another page follows
 */
public record ModelEventPage(List<ModelEventView> events, List<String> cursors, boolean hasNext) {
    public ModelEventPage {
        events = List.copyOf(events);
        cursors = List.copyOf(cursors);
    }
}
