/** Markets, candles for charts, gaps. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.market;
