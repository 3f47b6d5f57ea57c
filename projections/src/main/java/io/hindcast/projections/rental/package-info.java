/** Events about rented machines, written as rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.rental;
