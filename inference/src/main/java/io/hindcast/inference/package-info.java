/**
 * The lanes: recorded candles in, recorded predictions out, with versions joining and leaving between two candle
 * events.
 */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference;
