/** The API over HTTP and WebSocket, with made-up answers behind it. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql;
