/** Readiness (processors, feed, lanes, artifact store) and outages on console, health and page. */
@NullMarked
package io.hindcast.app.health;

import org.jspecify.annotations.NullMarked;
