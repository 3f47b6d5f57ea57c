package io.hindcast.api.market;

import java.time.Instant;
import java.util.Optional;

/**
 * A range of missing bars.
 *
 * @param from open time of the first one
 * @param to open time of the last one
 * @param resolvedAt when the last missing bar was recorded, or the gap was confirmed as permanent
 */
public record GapView(
        Symbol symbol, Instant from, Instant to, GapState state, Instant detectedAt, Optional<Instant> resolvedAt) {}
