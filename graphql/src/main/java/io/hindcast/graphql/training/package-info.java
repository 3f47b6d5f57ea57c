/** GraphQL controller and nodes for training cycles. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.training;
