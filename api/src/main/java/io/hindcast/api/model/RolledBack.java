package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A person swapped {@code CURRENT} and {@code PREVIOUS}.
 *
 * @param version the version rolled back, now in {@code PREVIOUS}
 */
@Revision("1")
public record RolledBack(VersionId version, Slots slots, Attribution decision) implements SlotsChanged {

    @Override
    public Instant changedAt() {
        return decision.at();
    }
}
