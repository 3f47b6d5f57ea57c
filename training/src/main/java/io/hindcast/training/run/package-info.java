/** Training runs as the log has them, and the HTTP API through which a worker does one. */
@org.jspecify.annotations.NullMarked
package io.hindcast.training.run;
