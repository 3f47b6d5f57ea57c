/** Training cycles in GraphQL, and asking for one. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.training;
