/** The GraphQL API: dispatches queries and commands, nothing else. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql;
