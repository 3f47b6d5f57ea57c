@org.jspecify.annotations.NullMarked
package io.hindcast.graphql.engine;
