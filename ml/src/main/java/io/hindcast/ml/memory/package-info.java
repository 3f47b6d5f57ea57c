/** Memory that a training needs, and memory that is available. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.memory;
