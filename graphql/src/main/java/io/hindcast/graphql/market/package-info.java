/** Markets, candles and gaps in GraphQL. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.market;
