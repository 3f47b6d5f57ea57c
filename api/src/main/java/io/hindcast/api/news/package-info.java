/** Articles, their scores and the sentiment of a market, and the reactions of markets. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.news;
