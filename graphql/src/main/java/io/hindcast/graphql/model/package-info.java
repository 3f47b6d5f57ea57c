/** GraphQL controller and nodes for models. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.model;
