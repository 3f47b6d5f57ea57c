package io.hindcast.api.market;

import java.util.Optional;

/**
 * Query: detected gaps, newest first. Answered by {@link GapPage}.
 *
 * @param first gaps wanted at most, 1 to 500
 * @param after cursor of the last one seen
 */
public record FindGaps(Symbol symbol, int first, Optional<String> after) {}
