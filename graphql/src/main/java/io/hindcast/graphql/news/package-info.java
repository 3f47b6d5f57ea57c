/** GraphQL controller and nodes for news. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.news;
