/** Axon on PostgreSQL or on Axon Server: explicit components, checked at start-up, and retries of commands. */
@NullMarked
package io.hindcast.app.axon;

import org.jspecify.annotations.NullMarked;
