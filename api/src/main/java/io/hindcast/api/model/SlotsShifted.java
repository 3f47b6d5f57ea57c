package io.hindcast.api.model;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A promotion took effect.
 *
 * @param version the promoted version
 * @param shiftedAt market time
 */
@Revision("1")
public record SlotsShifted(VersionId version, Slots slots, Instant shiftedAt) implements SlotsChanged {

    @Override
    public Instant changedAt() {
        return shiftedAt;
    }
}
