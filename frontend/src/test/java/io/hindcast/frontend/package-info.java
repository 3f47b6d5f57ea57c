/** The built dashboard in a real browser. */
@org.jspecify.annotations.NullMarked
package io.hindcast.frontend;
