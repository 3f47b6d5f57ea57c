package io.hindcast.api.market;

import java.time.LocalDate;

/**
 * Query: the part of a market that the log itself holds, independent of the read models. Answered by
 * {@link MarketCoverage}.
 *
 * @param from first day of its history
 * @param until day by which it goes live, or today; a market that is already live is read to its last day
 * @param lookBackDays days before the last one that are searched for missing minutes
 */
public record FindMarketCoverage(Symbol symbol, LocalDate from, LocalDate until, int lookBackDays) {}
