/** News from RSS and Atom feeds, and the pages that they link to. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.rss;
