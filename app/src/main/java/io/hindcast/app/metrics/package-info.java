/** Metrics of Axon's message buses, event store and event processors. */
@NullMarked
package io.hindcast.app.metrics;

import org.jspecify.annotations.NullMarked;
