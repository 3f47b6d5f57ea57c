/** Markets and their days: which bars enter the log, and which minutes are missing. */
@NullMarked
package io.hindcast.command.market;

import org.jspecify.annotations.NullMarked;
