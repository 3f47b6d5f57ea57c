/** The path from a recorded article to recorded scores. */
@org.jspecify.annotations.NullMarked
package io.hindcast.inference.article;
