package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A person archived a version, live or never promoted; the slots are unchanged if it was in none. */
@Revision("1")
public record VersionArchived(VersionId version, Slots slots, Attribution decision) implements SlotsChanged {

    @Override
    public Instant changedAt() {
        return decision.at();
    }
}
