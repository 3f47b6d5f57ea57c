/** Memory of a process that trains repeatedly. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.memory;
