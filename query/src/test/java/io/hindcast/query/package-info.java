/** Queries against real read models, and updates from a real log. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query;
