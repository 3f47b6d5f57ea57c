/** Updates of subscription queries, made from events as they are committed. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.live;
