/** Benchmarks, each beside the yardstick it is compared to. */
@NullMarked
package io.hindcast.bench;

import org.jspecify.annotations.NullMarked;
