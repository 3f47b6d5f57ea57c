/** Articles, full-text search, sentiment for charts. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.news;
