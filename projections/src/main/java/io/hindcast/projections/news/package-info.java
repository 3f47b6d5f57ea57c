/** How events about articles become rows. */
@org.jspecify.annotations.NullMarked
package io.hindcast.projections.news;
