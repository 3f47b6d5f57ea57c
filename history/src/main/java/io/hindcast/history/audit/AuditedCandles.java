package io.hindcast.history.audit;

import io.hindcast.history.market.CandleLog;

/**
 * The candles of the log, read without day files: these are a cache beside the log, which may be older than a change in
 * it, or be changed themselves.
 */
public record AuditedCandles(CandleLog log) {}
