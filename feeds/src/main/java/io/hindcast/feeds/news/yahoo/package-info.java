/** Yahoo Finance, whose pages need a browser. */
@org.jspecify.annotations.NullMarked
package io.hindcast.feeds.news.yahoo;
