/** Queries for markets, candle charts and gaps. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.market;
