/** Axon on PostgreSQL or on Axon Server, wired by hand and checked at start-up. */
@NullMarked
package io.hindcast.app.store;

import org.jspecify.annotations.NullMarked;
