/** GraphQL controller for outages. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.operations;
