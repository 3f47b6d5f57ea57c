/** Articles read from their pages, and pages that could not be understood. */
@org.jspecify.annotations.NullMarked
package io.hindcast.news.page;
