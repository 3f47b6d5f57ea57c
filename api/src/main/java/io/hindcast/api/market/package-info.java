/** Markets, candles and gaps, with the time at which each was known here. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.market;
