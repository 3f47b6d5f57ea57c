/** The API over HTTP and WebSocket, with fixed answers of the query handlers. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql;
