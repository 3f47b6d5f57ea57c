package io.hindcast.command.model;

import io.hindcast.api.model.ModelEvent;
import io.hindcast.api.model.Slots;
import io.hindcast.api.model.VersionPurged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule by which versions keep their artifact: the live ones, and of the others the {@value Slots#ARCHIVE_LIMIT}
 * used last. A version that is being promoted is never purged.
 */
final class Retention {

    private Retention() {}

    /** Returns an event, followed by the purge of each version that is one too many after it. */
    static List<ModelEvent> purging(ModelState state, ModelEvent event, Instant at) {
        List<ModelEvent> events = new ArrayList<>();
        events.add(event);
        ModelState after = state.evolve(event);
        List<Integer> oldestFirst = after.idle().reversed();
        int surplus = oldestFirst.size() - Slots.ARCHIVE_LIMIT;
        for (int number : oldestFirst) {
            if (surplus > 0 && after.promoting().filter(n -> n == number).isEmpty()) {
                ModelVersion version = after.versions().get(number - 1);
                events.add(new VersionPurged(version.id(), version.registered().artifact(), at));
                surplus--;
            }
        }
        return events;
    }
}
