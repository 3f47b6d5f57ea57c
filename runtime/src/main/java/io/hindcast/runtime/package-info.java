/** Ground of every long-running part: waits, backoff, the supervised loop, and outages with their remedy. */
@NullMarked
package io.hindcast.runtime;

import org.jspecify.annotations.NullMarked;
