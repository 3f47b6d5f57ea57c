/** Fields that compare versions. */
@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.comparison;
