/** Answers queries from the read models, and tells subscribers what happens as it happens. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query;
