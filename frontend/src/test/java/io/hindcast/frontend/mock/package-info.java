/** A server for the dashboard whose every answer a test decides. */
@org.jspecify.annotations.NullMarked
package io.hindcast.frontend.mock;
