/** The market feed: candles from an exchange into the log. */
@org.jspecify.annotations.NullMarked
package io.hindcast.feeds;
