/** The command line. */
@NullMarked
package io.hindcast.app.cli;

import org.jspecify.annotations.NullMarked;
