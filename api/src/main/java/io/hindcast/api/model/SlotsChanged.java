package io.hindcast.api.model;

import java.time.Instant;

/**
 * An event after which other versions may be live: all slots in one event. A version that was in a slot before and is
 * in none now is archived.
 */
public sealed interface SlotsChanged extends ModelEvent permits SlotsShifted, RolledBack, VersionArchived {

    /** Returns all slots from now on. */
    Slots slots();

    /** Returns the market time of the change. */
    Instant changedAt();
}
