/** A mock server for the dashboard, controlled by tests. */
@org.jspecify.annotations.NullMarked
package io.hindcast.frontend.mock;
