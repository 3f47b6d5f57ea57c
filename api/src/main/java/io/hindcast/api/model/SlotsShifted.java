package io.hindcast.api.model;

import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * A promotion took effect, all slots in one event.
 *
 * @param version the promoted version
 * @param slots all slots from now on
 * @param purged versions whose artifacts may be deleted; their history stays
 */
@Revision("1")
public record SlotsShifted(VersionId version, Slots slots, List<Integer> purged, Instant shiftedAt)
        implements ModelEvent {
    public SlotsShifted {
        purged = List.copyOf(purged);
    }
}
