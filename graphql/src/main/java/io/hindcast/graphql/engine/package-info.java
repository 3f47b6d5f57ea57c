/** Extensions of the GraphQL engine: request limits, chart columns, cached documents. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.engine;
