/** Articles read from pages, and what to do with pages that nobody understands. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.page;
