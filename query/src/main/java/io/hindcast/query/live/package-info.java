/** What happens, straight from the log to subscribers. */
@org.jspecify.annotations.NullMarked
package io.hindcast.query.live;
