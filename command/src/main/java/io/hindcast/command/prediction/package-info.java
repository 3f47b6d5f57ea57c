/** What lanes said about a day, each thing once. */
@NullMarked
package io.hindcast.command.prediction;

import org.jspecify.annotations.NullMarked;
