package io.hindcast.api.market;

/**
 * Counts of the bars of a {@link RecordCandles} by result.
 *
 * @param recorded bars that were new
 * @param revised bars that differed from what was held and became a new revision
 * @param dropped bars that were held already with the same values
 */
public record CandlesReceipt(int recorded, int revised, int dropped) {}
