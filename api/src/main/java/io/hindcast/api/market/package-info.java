/** Markets, candles, gaps: what the exchange did and when it was known here. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.market;
