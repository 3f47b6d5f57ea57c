/** Browser tests of the built dashboard. */
@org.jspecify.annotations.NullMarked
package io.hindcast.frontend;
