/** Readiness of processors, feed, lanes and artifact store; outages on the console, in health and for the dashboard. */
@NullMarked
package io.hindcast.app.health;

import org.jspecify.annotations.NullMarked;
