/** Readiness that means it. */
@NullMarked
package io.hindcast.app.health;

import org.jspecify.annotations.NullMarked;
