/** Models and their versions in GraphQL. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.model;
