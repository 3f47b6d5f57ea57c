/** Markets and their days: the bars that enter the log, and the minutes that are missing. */
@NullMarked
package io.hindcast.command.market;

import org.jspecify.annotations.NullMarked;
