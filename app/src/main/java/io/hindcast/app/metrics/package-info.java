/** Metrics of the platform's own parts. */
@NullMarked
package io.hindcast.app.metrics;

import org.jspecify.annotations.NullMarked;
