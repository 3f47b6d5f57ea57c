/** GraphQL controller for markets, candles and gaps. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.market;
