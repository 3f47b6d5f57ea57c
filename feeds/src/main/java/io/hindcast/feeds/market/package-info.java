/** Following markets: history in, then live, every bar once, gaps noticed and repaired. */
@org.jspecify.annotations.NullMarked
package io.hindcast.feeds.market;
