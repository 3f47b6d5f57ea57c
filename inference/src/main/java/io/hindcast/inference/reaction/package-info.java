/** Measures the reaction of markets to articles. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.reaction;
