/** Training programs, cycles and runs. */
@org.jspecify.annotations.NullMarked
package io.hindcast.api.training;
