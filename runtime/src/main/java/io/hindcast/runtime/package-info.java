/** Common base of long-running parts: timers, backoff and retries, supervised loops, outages with their remedy. */
@NullMarked
package io.hindcast.runtime;

import org.jspecify.annotations.NullMarked;
