/** Event handlers that fill the read models, and the operations that keep their builds up to date. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections;
