/** Long-running decisions. Sagas guard nothing themselves: aggregates do. */
@org.jspecify.annotations.NullMarked
package io.hindcast.sagas;
