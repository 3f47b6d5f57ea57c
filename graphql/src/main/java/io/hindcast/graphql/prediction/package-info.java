/** Predictions, signals and performance in GraphQL. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.prediction;
