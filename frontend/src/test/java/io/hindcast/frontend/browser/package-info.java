/** Chromium for browser tests. */
@org.jspecify.annotations.NullMarked
package io.hindcast.frontend.browser;
