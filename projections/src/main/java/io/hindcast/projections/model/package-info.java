/** How events about models become rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.model;
