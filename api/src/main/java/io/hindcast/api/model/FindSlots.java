package io.hindcast.api.model;

import io.hindcast.api.market.Symbol;
import java.time.Instant;
import java.util.Optional;

/**
 * Query: the versions of a symbol that were live at a moment. Answered by {@link SlotViews}.
 *
 * @param asOf market time; empty for the versions that are live now
 */
public record FindSlots(Symbol symbol, Optional<Instant> asOf) {}
