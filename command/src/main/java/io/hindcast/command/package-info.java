/** Aggregates: what may happen, decided from what has happened. */
@NullMarked
package io.hindcast.command;

import org.jspecify.annotations.NullMarked;
