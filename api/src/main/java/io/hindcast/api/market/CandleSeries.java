package io.hindcast.api.market;

/**
 * Candles as columns of equal length, merged into buckets that divide a day. Doubles, for charts; the arrays are never
 * changed.
 *
 * @param bucketSeconds length of a bucket
 * @param time when each bucket begins, in seconds since 1970
 * @param volume in base currency
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of numbers: objects would cost more than the query
public record CandleSeries(
        Symbol symbol,
        int bucketSeconds,
        long[] time,
        double[] open,
        double[] high,
        double[] low,
        double[] close,
        double[] volume) {}
