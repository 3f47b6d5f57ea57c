/** Predictions of a day, each version and minute once. */
@NullMarked
package io.hindcast.command.prediction;

import org.jspecify.annotations.NullMarked;
