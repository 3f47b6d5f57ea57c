/** What a training will need of memory, and what there is. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.memory;
