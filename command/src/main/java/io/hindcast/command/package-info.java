/** Aggregates: they decide from past events which commands are accepted. */
@NullMarked
package io.hindcast.command;

import org.jspecify.annotations.NullMarked;
