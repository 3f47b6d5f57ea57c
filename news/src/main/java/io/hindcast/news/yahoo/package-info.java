/** News of Yahoo Finance, whose pages need a browser. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.yahoo;
