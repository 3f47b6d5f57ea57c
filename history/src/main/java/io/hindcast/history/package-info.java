/** Reading back what the log holds, by identity and up to a sequence. */
@NullMarked
package io.hindcast.history;

import org.jspecify.annotations.NullMarked;
