/** News of RSS, Atom and JSON feeds. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.rss;
