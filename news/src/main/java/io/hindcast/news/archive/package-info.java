/** Recorded and generated articles, played at a market's clock. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.archive;
