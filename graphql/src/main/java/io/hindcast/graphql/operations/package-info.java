/** The platform's own condition in GraphQL: what does not work, and what was given up. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.operations;
