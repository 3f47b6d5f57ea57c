/** What trainings do to the memory of the process that they run in. */
@org.jspecify.annotations.NullMarked
package io.hindcast.ml.memory;
