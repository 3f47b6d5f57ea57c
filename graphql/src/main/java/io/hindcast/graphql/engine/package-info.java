/** How GraphQL runs here: limits, columns, prepared documents. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.engine;
