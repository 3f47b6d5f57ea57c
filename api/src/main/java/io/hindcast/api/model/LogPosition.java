package io.hindcast.api.model;

/**
 * A position in the log that is valid in every event store: an aggregate and a sequence number in its stream.
 *
 * @param aggregateId for candles a market day, as {@code BTCUSDT:1m:2022-01-01}
 * @param sequence of the last event included, 0 or more
 */
public record LogPosition(String aggregateId, long sequence) {}
