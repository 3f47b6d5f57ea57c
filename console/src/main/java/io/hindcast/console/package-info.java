/** Console output of commands: lines, progress, and one line for a failure. */
@NullMarked
package io.hindcast.console;

import org.jspecify.annotations.NullMarked;
