/** Benchmarks, each with the yardstick that it is compared to. */
@NullMarked
package io.hindcast.bench;

import org.jspecify.annotations.NullMarked;
