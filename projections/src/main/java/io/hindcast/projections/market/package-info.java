/** How events about markets become rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.market;
