/** Archived and generated articles, played at market time. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.archive;
