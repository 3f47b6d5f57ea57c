/** News in GraphQL. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.news;
