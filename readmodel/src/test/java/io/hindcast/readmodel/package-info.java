/** SQL against a real PostgreSQL, and the embedded database that other rooms' tests use. */
@org.jspecify.annotations.NullMarked
package io.hindcast.readmodel;
