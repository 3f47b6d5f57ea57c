/** GraphQL controller and nodes for predictions, signals and performance. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.prediction;
