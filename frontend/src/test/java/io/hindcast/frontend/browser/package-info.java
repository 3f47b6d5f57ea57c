/** A browser for tests, wherever it comes from. */
@org.jspecify.annotations.NullMarked
package io.hindcast.frontend.browser;
