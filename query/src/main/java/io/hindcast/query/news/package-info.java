/** Queries for articles, full-text search and sentiment charts. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.news;
