/** Long-running decisions. Sagas enforce no invariants; aggregates do. */
@org.jspecify.annotations.NullMarked
package io.hindcast.sagas;
