/** What a bar turned out to be. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.label;
