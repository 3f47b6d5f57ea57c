/** The database: its migrations, and the event handlers that build the read models. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections;
