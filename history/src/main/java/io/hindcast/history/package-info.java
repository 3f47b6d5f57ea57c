/** Reads the log by aggregate identity, up to a sequence. */
@NullMarked
package io.hindcast.history;

import org.jspecify.annotations.NullMarked;
