package io.hindcast.offline;

import io.hindcast.api.progress.ProgressReporter;
import io.hindcast.console.Console;
import java.util.function.LongSupplier;

/**
 * Surroundings of one run of a command.
 *
 * @param nanoTime monotonic clock for reported speeds and time budgets
 */
record RunContext(Console console, ProgressReporter progress, Cancellation cancellation, LongSupplier nanoTime) {}
