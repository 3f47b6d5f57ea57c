/** Training cycles and their runs. */
@NullMarked
package io.hindcast.command.training;

import org.jspecify.annotations.NullMarked;
