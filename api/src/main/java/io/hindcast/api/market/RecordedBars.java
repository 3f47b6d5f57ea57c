package io.hindcast.api.market;

/**
 * Bars of one day as columns, every revision of a bar a row of its own. The form in which recorded bars pass from the
 * log to what is computed from them, without an object per bar. Immutable and thread-safe.
 */
public interface RecordedBars {

    /** Returns the number of rows, each revision counted. */
    int size();

    /** Returns the open time, epoch milliseconds UTC. */
    long openTime(int row);

    /** Returns 0 for a bar as first seen, n for its n-th correction. */
    int revision(int row);

    /** Returns the market time from which the row may be used, epoch milliseconds UTC. */
    long knownAt(int row);

    double open(int row);

    double high(int row);

    double low(int row);

    double close(int row);

    /** Returns the traded base amount. */
    double volume(int row);

    /** Returns the traded quote amount. */
    double quoteVolume(int row);

    /** Returns the number of trades. */
    long trades(int row);

    /** Returns the base amount bought by takers. */
    double takerBuyVolume(int row);

    /** Returns the quote amount bought by takers. */
    double takerBuyQuoteVolume(int row);
}
