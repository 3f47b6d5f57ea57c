package io.hindcast.api.market;

import java.time.LocalDate;

/**
 * Query: how much of a market the log itself holds, whatever read models hold at the moment. Answered by
 * {@link MarketCoverage}.
 *
 * @param from first day of its history
 * @param until day by which it goes live, or today; a market that is live already is looked at to its end
 * @param lookBackDays days before the last one in which missing minutes are looked for
 */
public record FindMarketCoverage(Symbol symbol, LocalDate from, LocalDate until, int lookBackDays) {}
